function Get-DataPermission {
    <#
    .SYNOPSIS
        Gives the Deno permissions of tasks that only look into the data folder; SQLite wants to write for that.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory = $true)] [string] $DataFolder)
    Assert-PermissionPath -Path $DataFolder
    return @("--allow-read=$DataFolder", "--allow-write=$DataFolder")
}
