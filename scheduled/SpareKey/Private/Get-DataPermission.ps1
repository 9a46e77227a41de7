function Get-DataPermission {
    <#
    .SYNOPSIS
        Gives the Deno permissions of tasks that only look into the data folder; SQLite wants to write for that.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory = $true)] [string] $DataFolder)
    Assert-PermissionPath -Path $DataFolder
    $state = Get-StateFolder -DataFolder $DataFolder
    $settings = [System.IO.Path]::Combine($DataFolder, 'settings.json')
    return @("--allow-read=$state,$settings", "--allow-write=$state")
}
