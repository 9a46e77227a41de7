function Resume-Installation {
    <#
    .SYNOPSIS
        Enables the tasks again that Stop-Installation disabled: for an installation that did not come to its end.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $DataFolder)
    foreach ($name in @(Get-KnownTask -DataFolder $DataFolder)) {
        # Fails where there is no such task.
        [void](Invoke-WindowsTool -Name 'schtasks.exe' -Argument @('/Change', '/TN', $name, '/ENABLE'))
    }
}
