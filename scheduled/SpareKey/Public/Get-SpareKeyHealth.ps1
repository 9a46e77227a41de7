function Get-SpareKeyHealth {
    <#
    .SYNOPSIS
        Tells in one line, and in values, whether Spare Key on this PC does what it should. For Intune and other tools.
    .DESCRIPTION
        Finds an encrypted drive with a key that has no copy outside the PC, a run that is overdue (none for two days
        in which Windows was up, sleep included), a last run that failed or could not read all keys, a scheduled task that is missing or disabled, settings that cannot be
        used, and an installation that is older than expected. Nothing is collected, written or sent.

        The line has at most 2,000 characters, all ASCII: no digits of keys, no secret, no name of a person, PC or drive.
    .PARAMETER ExpectedVersion
        An installed version below this one is a problem. By default none is.
    .PARAMETER DataFolder
        Where ledger, archive, logs and secrets lie.
    .PARAMETER DenoPath
        The Deno program. By default deno.exe beside the module's folder.
    .PARAMETER ProgramPath
        The bundled program. By default main.js beside the module's folder.
    .EXAMPLE
        (Get-SpareKeyHealth).Summary

        Shows the line.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Health: Healthy, Version, TaskState, SettingsUsable, DaysSinceRun (whole days, -1 when there was no run),
        RunOverdue, VolumesWithoutCopy (how many), Problems, Summary.
    #>
    [CmdletBinding()]
    [OutputType('SpareKey.Health')]
    param(
        [string] $ExpectedVersion = '',
        [string] $DataFolder = (Get-DefaultPath -Name 'DataFolder'),
        [string] $DenoPath = (Get-DefaultPath -Name 'DenoPath'),
        [string] $ProgramPath = (Get-DefaultPath -Name 'ProgramPath')
    )
    $overdue = [System.TimeSpan]::FromDays(2)
    $problems = [System.Collections.Generic.List[string]]::new()
    $result = [ordered]@{
        PSTypeName         = 'SpareKey.Health'
        Healthy            = $false
        Version            = [string]$MyInvocation.MyCommand.Module.Version
        TaskState          = 'unknown'
        SettingsUsable     = $false
        DaysSinceRun       = -1
        # Until the last run has been read: a state that nobody knows is not well.
        RunOverdue         = $true
        VolumesWithoutCopy = 0
        Problems           = @()
        Summary            = ''
    }
    $place = @{ DenoPath = $DenoPath; ProgramPath = $ProgramPath; DataFolder = $DataFolder }
    try {
        $expected = $null
        if ([System.Version]::TryParse($ExpectedVersion, [ref]$expected) -and ([System.Version]$result['Version'] -lt $expected)) {
            $problems.Add(('version {0} is older than {1}' -f $result['Version'], $expected))
        }
        $result['TaskState'] = Get-TaskState -Name '\Spare Key\Nightly'
        if (('missing', 'disabled') -contains $result['TaskState']) {
            $problems.Add(('the scheduled task is {0}' -f $result['TaskState']))
        }
        Assert-DataFolder -DataFolder $DataFolder
        try {
            Assert-Setting @place
            $result['SettingsUsable'] = $true
        } catch {
            # Not what is wrong: it may quote a name.
            $problems.Add('the settings cannot be used')
        }
        [void](Invoke-Task -Task @('status', '--data', (Get-StateFolder -DataFolder $DataFolder), '--json') -Permission (Get-DataPermission -DataFolder $DataFolder) @place)
        $missing = @(Find-VolumeWithoutCopy -Status $script:Answer)
        $result['VolumesWithoutCopy'] = $missing.Count
        if ($missing.Count -gt 0) {
            $problems.Add('no copy outside this PC: ' + (Join-Short -Text $missing -Limit 1200))
        }
        $run = $script:Answer['lastRun']
        if ($null -ne $run) {
            foreach ($finding in 'unreadable', 'invalid-key', 'not-elevated') {
                if (@($run['findings']) -contains $finding) {
                    $problems.Add('the last run could not read all keys')
                    break
                }
            }
            if (@($run['findings']) -contains 'no-recovery-key') {
                $problems.Add('an encrypted drive has no recovery key')
            }
        }
        if ($script:Answer.Contains('failedRuns')) {
            # Those that no later run has followed to its end, the newest last.
            $failed = @(foreach ($one in $script:Answer['failedRuns']) { if ($null -eq $one['endedBy']) { $one } })
            if ($failed.Count -gt 0) {
                $problems.Add(('the last run failed (exit code {0})' -f $failed[-1]['exit']))
            }
        }
        $now = [System.DateTimeOffset]::Now
        # Before the first run the time counts from the installation on.
        $since = [System.DateTimeOffset][System.IO.Directory]::GetCreationTimeUtc([System.IO.Path]::GetDirectoryName($ProgramPath))
        $at = [System.DateTimeOffset]::MinValue
        $culture = [System.Globalization.CultureInfo]::InvariantCulture
        $styles = [System.Globalization.DateTimeStyles]::None
        if (($null -ne $run) -and [System.DateTimeOffset]::TryParse([string]$run['takenAt'], $culture, $styles, [ref]$at)) {
            $since = $at
            $result['DaysSinceRun'] = [int][System.Math]::Max(0, [System.Math]::Floor(($now - $at).TotalDays))
        }
        $result['RunOverdue'] = (($now - $since) -gt $overdue) -and ((Get-UpTime) -gt $overdue)
        if ($result['RunOverdue']) {
            $text = 'no run yet'
            if ($result['DaysSinceRun'] -ge 0) {
                $text = 'no run for {0} days' -f $result['DaysSinceRun']
            }
            $problems.Add($text)
        }
    } catch {
        $code = 1
        if ($_.Exception.Data.Contains('SpareKeyExitCode')) {
            $code = $_.Exception.Data['SpareKeyExitCode']
        }
        $problems.Add(('the state could not be read (exit code {0})' -f $code))
    } finally {
        Clear-Secret
    }
    $result['Healthy'] = $problems.Count -eq 0
    $result['Problems'] = $problems.ToArray()
    $head = 'Spare Key {0}: ' -f $result['Version']
    $result['Summary'] = $head + 'all is well'
    if (-not $result['Healthy']) {
        $result['Summary'] = $head + (Join-Short -Text $result['Problems'] -Separator '; ' -Limit (2000 - $head.Length))
    }
    return [PSCustomObject]$result
}
