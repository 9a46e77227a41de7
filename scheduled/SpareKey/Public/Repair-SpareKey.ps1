function Repair-SpareKey {
    <#
    .SYNOPSIS
        Puts right what drifted from a whole installation, from the files that are installed, and starts the nightly run.
    .DESCRIPTION
        For Intune and other tools: does what Install-SpareKey -InPlace does, has Task Scheduler start the run, and tells
        it in one line of at most 2,000 characters without secret or name.
    .PARAMETER DataFolder
        Where ledger, archive, settings and secrets lie; by default "Spare Key" in ProgramData.
    .EXAMPLE
        (Repair-SpareKey).Summary

        Repairs, and shows what was done.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Repair: Done, Summary.
    #>
    [CmdletBinding()]
    [OutputType('SpareKey.Repair')]
    param([string] $DataFolder)
    $version = [string]$MyInvocation.MyCommand.Module.Version
    $setup = Install-SpareKey -InPlace -DataFolder $DataFolder
    $run = Invoke-WindowsTool -Name 'schtasks.exe' -Argument @('/Run', '/TN', '\Spare Key\Nightly')
    $started = $run['ExitCode'] -eq 0
    # Counts, not texts: a path may hold a name.
    $text = '{0} repaired' -f $setup.Changes.Count
    if ($setup.ExitCode -ne 0) {
        $text += ', not all (exit code {0})' -f $setup.ExitCode
    }
    if ($started) {
        $text += ', run started'
    } else {
        $text += ', run not started (code {0})' -f $run['ExitCode']
    }
    return [PSCustomObject]@{
        PSTypeName = 'SpareKey.Repair'
        Done       = ($setup.ExitCode -eq 0) -and $started
        Summary    = 'Spare Key {0}: {1}' -f $version, $text
    }
}
