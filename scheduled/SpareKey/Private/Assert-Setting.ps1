function Assert-Setting {
    <#
    .SYNOPSIS
        Has the program judge settings, policy over them; what a run could not use is refused, in the program's words.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $DenoPath,
        [Parameter(Mandatory = $true)] [string] $ProgramPath,
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        # By default settings.json in the data folder, or none where there is no such file.
        [string] $SettingsFile = ''
    )
    $task = @('status', '--settings', '--json', '--data', (Get-StateFolder -DataFolder $DataFolder))
    $permission = Get-DataPermission -DataFolder $DataFolder
    if ($SettingsFile.Length -gt 0) {
        Assert-PermissionPath -Path $SettingsFile
        $task += @('--config', $SettingsFile)
        $permission += "--allow-read=$SettingsFile"
    }
    $policy = Read-Policy
    if ($null -ne $policy) {
        $task += @('--policy', '-')
        Write-JsonDocument -Tree $policy
    }
    [void](Invoke-Task -Task $task -Permission $permission -DenoPath $DenoPath -ProgramPath $ProgramPath -DataFolder $DataFolder)
}
