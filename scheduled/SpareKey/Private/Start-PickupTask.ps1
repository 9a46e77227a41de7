function Start-PickupTask {
    <#
    .SYNOPSIS
        Starts the task of a user who is signed in that copies his pick-up into his OneDrive.
    .OUTPUTS
        Whether Task Scheduler took the order; it does not wait for the task.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [string] $Sid)
    if (-not (Test-Windows)) {
        return $false
    }
    $answer = Invoke-WindowsTool -Name 'schtasks.exe' -Argument @('/Run', '/TN', "\Spare Key\OneDrive $Sid")
    return $answer['ExitCode'] -eq 0
}
