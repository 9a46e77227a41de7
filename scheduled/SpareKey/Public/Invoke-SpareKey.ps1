function Invoke-SpareKey {
    <#
    .SYNOPSIS
        Does the nightly run: collects what Windows says, hands it to the program, and returns what that found.
    .DESCRIPTION
        Collects the snapshot, the policy, the settings file and the secrets that DPAPI keeps, and starts the program
        in Deno with exactly the permissions that the settings need. One JSON document goes to its standard input.
        Recovery passwords and other secrets pass no parameter, pipeline or log on the way.

        A run that fails ends with an object too: ExitCode tells the kind (0 done, 1 a bug, 3 done in part, 10 settings,
        11 nothing could be collected, 12 ledger, 13 another run is under way), Error and Hint tell it in words. What
        the program wrote to standard error is then kept, without secrets, in logs\last-failure.txt of the data folder.
    .PARAMETER DataFolder
        Where ledger, archive, logs and secrets lie. Only SYSTEM and administrators should have rights there.
    .PARAMETER DenoPath
        The Deno program. By default deno.exe beside the module's folder.
    .PARAMETER ProgramPath
        The bundled program. By default main.js beside the module's folder.
    .PARAMETER SettingsFile
        The settings file. One that does not exist is the same as an empty one.
    .PARAMETER TimeLimitSeconds
        After this many seconds the program is ended, with exit code 3.
    .PARAMETER DryRun
        Only tells what would be written and sent.
    .EXAMPLE
        Invoke-SpareKey -DryRun | Select-Object -ExpandProperty Findings

        Shows what the program finds wrong, without writing or sending anything.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Run: ExitCode, Host, TakenAt, Changes, Findings, Deliveries, Error, Hint.
    #>
    [CmdletBinding()]
    [OutputType('SpareKey.Run')]
    param(
        [string] $DataFolder = (Get-DefaultPath -Name 'DataFolder'),
        [string] $DenoPath = (Get-DefaultPath -Name 'DenoPath'),
        [string] $ProgramPath = (Get-DefaultPath -Name 'ProgramPath'),
        [string] $SettingsFile = [System.IO.Path]::Combine($DataFolder, 'settings.json'),
        [ValidateRange(1, 86400)] [int] $TimeLimitSeconds = 900,
        [switch] $DryRun
    )
    $result = [ordered]@{
        PSTypeName = 'SpareKey.Run'
        ExitCode   = 1
        Host       = $null
        TakenAt    = $null
        Changes    = @()
        Findings   = @()
        Deliveries = @()
        Error      = $null
        Hint       = $null
    }
    $problems = [System.Collections.Generic.List[string]]::new()
    try {
        Assert-DataFolder -DataFolder $DataFolder
        Assert-TemplateOwner -DataFolder $DataFolder
        $snapshot = Read-Snapshot
        $result['Host'] = $snapshot['host']['name']
        $result['TakenAt'] = $snapshot['takenAt']
        $settings = Read-Setting -SettingsFile $SettingsFile
        $place = @{ DenoPath = $DenoPath; ProgramPath = $ProgramPath; DataFolder = $DataFolder }
        $permissions = Get-PermissionFile -Settings $settings @place
        $arguments = (Get-ProgramArgument -ProgramPath $ProgramPath -PermissionFile $permissions) +
            @('check', '--data', $DataFolder, '--json')
        if ($DryRun) {
            $arguments += '--dry-run'
        }
        $envelope = [ordered]@{
            schema   = 1
            runId    = [System.Guid]::NewGuid().ToString()
            snapshot = $snapshot
            settings = $settings
            secrets  = Read-Secret -DataFolder $DataFolder -Problems $problems
        }
        $start = New-ProgramStart -DenoPath $DenoPath -Argument $arguments -DataFolder $DataFolder
        Write-JsonDocument -Tree $envelope
        $result['ExitCode'] = Invoke-Program -Start $start -TimeLimitSeconds $TimeLimitSeconds -HoldInput
        Read-RunAnswer -Result $result
        if (($problems.Count -gt 0) -and ($null -eq $result['Error'])) {
            $result['Error'] = [string]::Join('; ', $problems)
            $result['Hint'] = 'store the secret again'
            if ($result['ExitCode'] -eq 0) {
                $result['ExitCode'] = 3
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
        if (($result['ExitCode'] -ne 0) -and ($null -ne $result['TakenAt'])) {
            Write-Failure -DataFolder $DataFolder -ExitCode $result['ExitCode']
        }
        Clear-Secret
    }
    return [PSCustomObject]$result
}
