function Invoke-SpareKey {
    <#
    .SYNOPSIS
        Does the nightly run: collects what Windows says, hands it to the program, carries reports, and returns what was
        found.
    .DESCRIPTION
        Collects the snapshot, the policy, the settings file and the secrets that DPAPI keeps, looks at shares and
        OneDrive folders, and starts the program in Deno with exactly the permissions that the settings need. One JSON
        document goes to its standard input. Recovery passwords and other secrets pass no parameter, pipeline or log on
        the way.

        Where the program wants reports at a share or in a OneDrive folder, they are carried there, and it is started
        once more with what became of them: findings, mails and the exit code are those of the last start.

        A run that fails ends with an object too: ExitCode tells the kind (0 done, 1 a bug, 3 done in part, 10 settings,
        11 nothing could be collected, 12 ledger, 13 another run is under way), Error and Hint tell it in words. What
        the program wrote to standard error is then kept, without secrets, in logs\last-failure.txt of the data folder.
        The event log is told, and by mail, where that still works, whoever gets the mails of this PC.
    .PARAMETER DataFolder
        Where ledger, archive, logs and secrets lie. Only SYSTEM and administrators should have rights there.
    .PARAMETER DenoPath
        The Deno program. By default deno.exe beside the module's folder.
    .PARAMETER ProgramPath
        The bundled program. By default main.js beside the module's folder.
    .PARAMETER SettingsFile
        The settings file. One that does not exist is the same as an empty one.
    .PARAMETER TimeLimitSeconds
        After this many seconds the run ends, with exit code 3. It is for all its parts together.
    .PARAMETER EventTime
        When the event was written that started this run, as in the event log. A run whose last snapshot is younger has
        nothing to do and ends at once. Anything that is no time counts as none.
    .PARAMETER DryRun
        Only tells what would be written and sent. Shares and OneDrive folders are looked at.
    .EXAMPLE
        Invoke-SpareKey -DryRun | Select-Object -ExpandProperty Findings

        Shows what the program finds wrong, without writing or sending anything.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Run: ExitCode, Host, TakenAt, Changes, Findings, Deliveries, Abandoned, Error, Hint. Abandoned names
        places that did not answer in time; while there are any, something of this process may still hang.
    #>
    [CmdletBinding()]
    [OutputType('SpareKey.Run')]
    param(
        [string] $DataFolder = (Get-DefaultPath -Name 'DataFolder'),
        [string] $DenoPath = (Get-DefaultPath -Name 'DenoPath'),
        [string] $ProgramPath = (Get-DefaultPath -Name 'ProgramPath'),
        [string] $SettingsFile = [System.IO.Path]::Combine($DataFolder, 'settings.json'),
        [ValidateRange(1, 86400)] [int] $TimeLimitSeconds = 900,
        [AllowEmptyString()] [string] $EventTime = '',
        [switch] $DryRun
    )
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $result = [ordered]@{
        PSTypeName = 'SpareKey.Run'
        ExitCode   = 1
        Host       = $null
        TakenAt    = $null
        Changes    = @()
        Findings   = @()
        Deliveries = @()
        Abandoned  = @()
        Error      = $null
        Hint       = $null
    }
    $problems = [System.Collections.Generic.List[string]]::new()
    $idle = $false
    # Nothing of a folder that others can change is used, not even to tell of it.
    $isTrusted = $false
    $snapshot = $null
    $settings = $null
    $place = @{ DenoPath = $DenoPath; ProgramPath = $ProgramPath; DataFolder = $DataFolder }
    $script:Abandoned.Clear()
    try {
        Assert-DataFolder -DataFolder $DataFolder -Repair
        $isTrusted = $true
        $since = ConvertTo-EventTime -Text $EventTime
        $idle = ($null -ne $since) -and (Test-EventSeen -DataFolder $DataFolder -Time $since)
        if ($idle) {
            $result['ExitCode'] = 0
        } else {
            Assert-TemplateOwner -DataFolder $DataFolder
            $snapshot = Read-Snapshot
            $result['Host'] = $snapshot['host']['name']
            $result['TakenAt'] = $snapshot['takenAt']
            $settings = Read-Setting -SettingsFile $SettingsFile
            Add-LastGoodSetting -Settings $settings -DataFolder $DataFolder
            $permissions = Get-PermissionFile -Settings $settings -Volume @($snapshot['volumes']) @place
            $envelope = [ordered]@{
                schema   = 1
                runId    = [System.Guid]::NewGuid().ToString()
                snapshot = $snapshot
                settings = $settings
                secrets  = Read-Secret -DataFolder $DataFolder -Problems $problems
            }
            if ($null -ne $since) {
                $envelope['eventTime'] = $since.UtcDateTime.ToString('o', [System.Globalization.CultureInfo]::InvariantCulture)
            }
            $run = @{
                Envelope    = $envelope
                Plan        = $permissions['Plan']
                Result      = $result
                Argument    = (Get-ProgramArgument -ProgramPath $ProgramPath -PermissionFile $permissions['File']) +
                    @('check', '--data', (Get-StateFolder -DataFolder $DataFolder), '--json')
                DenoPath    = $DenoPath
                DataFolder  = $DataFolder
                Clock       = $clock
                LimitSecond = $TimeLimitSeconds
                Problems    = $problems
                DryRun      = [bool]$DryRun
            }
            Invoke-Night @run
            if (($problems.Count -gt 0) -and ($null -eq $result['Error'])) {
                $result['Error'] = [string]::Join('; ', $problems)
                $result['Hint'] = 'store the secret again'
                if ($result['ExitCode'] -eq 0) {
                    $result['ExitCode'] = 3
                }
            }
        }
    } catch {
        $result['ExitCode'] = 1
        $result['Error'] = $_.Exception.Message
        if ($_.Exception.Data.Contains('SpareKeyExitCode')) {
            $result['ExitCode'] = $_.Exception.Data['SpareKeyExitCode']
            $result['Hint'] = $_.Exception.Data['SpareKeyHint']
        }
    } finally {
        $result['Abandoned'] = [string[]]@($script:Abandoned)
        if (-not $DryRun -and -not $idle) {
            try {
                Write-RunEvent -Result $result
            } catch {
                Write-Warning -Message ('Cannot write to the event log: {0}' -f $_.Exception.GetBaseException().Message)
            }
            if ($isTrusted -and (Test-Untold -Result $result)) {
                $volumes = @(if ($null -ne $snapshot) { $snapshot['volumes'] })
                Send-Failure -Result $result -Settings $settings -SettingsFile $SettingsFile -Volume $volumes @place
            }
        }
        if (($result['ExitCode'] -ne 0) -and $isTrusted) {
            Write-Failure -DataFolder $DataFolder -ExitCode $result['ExitCode']
        }
        Clear-Secret
    }
    return [PSCustomObject]$result
}
