function Test-ScriptPolicy {
    <#
    .SYNOPSIS
        Tells in plain words whether this PC's rules for scripts keep Spare Key's from running in the scheduled task.
    .DESCRIPTION
        The task asks for -ExecutionPolicy Bypass, which Group Policy overrides. App Control for Business and AppLocker
        let scripts that they do not trust run in a limited language alone, in which this module cannot work.
    .OUTPUTS
        Sentences; none when all is well.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([string] $LanguageMode = [string]$ExecutionContext.SessionState.LanguageMode)
    $sources = @{ MachinePolicy = 'computer'; UserPolicy = 'user' }
    foreach ($entry in @(Get-ExecutionPolicy -List)) {
        $scope = [string]$entry.Scope
        if (-not $sources.ContainsKey($scope)) {
            continue
        }
        $policy = [string]$entry.ExecutionPolicy
        if ($policy -eq 'AllSigned') {
            'Group Policy ({0}) lets only signed scripts run (AllSigned): sign the scripts and the module of Spare Key, and let this PC trust the publisher' -f $sources[$scope]
        } elseif ($policy -eq 'Restricted') {
            'Group Policy ({0}) lets no scripts run (Restricted): Spare Key cannot run until that is changed' -f $sources[$scope]
        } elseif ($policy -eq 'RemoteSigned') {
            'Group Policy ({0}) refuses unsigned scripts from the internet (RemoteSigned): scripts of Spare Key that were copied by hand must be unblocked (Unblock-File)' -f $sources[$scope]
        }
    }
    if ($LanguageMode -ne 'FullLanguage') {
        'PowerShell is limited here ({0}, by App Control or AppLocker): sign the scripts and the module of Spare Key and let that policy trust the publisher; otherwise Spare Key is not supported on this PC' -f $LanguageMode
    }
}
