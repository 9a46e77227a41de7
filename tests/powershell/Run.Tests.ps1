BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith { 'AA11BB22-0000-4000-8000-0123456789AB' }
    # What the module read last, before it forgets it.
    Mock -ModuleName SpareKey -CommandName Clear-Secret -MockWith {
        & (Get-Module -Name SpareKey) { $script:LastAnswer = $script:Answer }
    }

    function Get-LastAnswer {
        & (Get-Module -Name SpareKey) { $script:LastAnswer }
    }

    function Get-Permission {
        # The permission file of a data folder, and what the program saw when it made it.
        param([string] $DataFolder)
        $files = @([System.IO.Directory]::GetFiles([System.IO.Path]::Combine($DataFolder, 'permissions'), 'permissions-*'))
        $read = ([System.IO.File]::ReadAllText($files[0]) | ConvertFrom-Json).permissions.default.read
        $null, $null, $nul, $seen = $read[1].Split('/', 4)
        return @{ Files = $files; Nul = $nul; Seen = ConvertFrom-Json -InputObject $seen -AsHashtable; Made = $read[2] }
    }
}

Describe 'Invoke-SpareKey' {
    It 'returns what the program found' {
        $place = New-Place -Below $TestDrive
        $run = Invoke-SpareKey @place
        $run.PSObject.TypeNames[0] | Should -BeExactly 'SpareKey.Run'
        $run.PSObject.Properties.Name | Should -BeExactly @('ExitCode', 'Host', 'TakenAt', 'Changes', 'Findings', 'Deliveries', 'Abandoned', 'Error', 'Hint')
        $run.Error | Should -BeNull
        $run.ExitCode | Should -Be 0
        $run.Host | Should -BeExactly 'ANNA-LAPTOP'
        $run.TakenAt | Should -Match '^\d{4}-'
        $run.Changes[0].Kind | Should -BeExactly 'key-added'
        $run.Changes[0].Volume.Label | Should -BeExactly ('Syst' + [char]0xE8 + 'me ' + [char]0x8CC7 + [char]0x6599)
        $run.Findings[0].Severity | Should -BeExactly 'warning'
        $run.Deliveries[0].Attempts | Should -Be 2
    }

    It 'starts Deno with everything closed that could go round the permissions' {
        $place = New-Place -Below $TestDrive
        $arguments = InModuleScope -ModuleName SpareKey -Parameters $place -ScriptBlock { Get-ProgramArgument -ProgramPath $ProgramPath -PermissionFile 'p.json' }
        $arguments | Should -Be @('run', '--quiet', '--no-prompt', '--no-lock', '--no-npm', '--no-remote', '--cached-only', '--config', 'p.json', '-P', $place.ProgramPath)
        $null = Invoke-SpareKey @place -DryRun
        $facts = (Get-LastAnswer)['facts']
        $facts['task'] | Should -BeExactly 'check'
        $facts['args'] | Should -Be @('--data', [System.IO.Path]::Combine($place.DataFolder, 'state'), '--json', '--dry-run')
        $facts['nul'] | Should -BeTrue
        foreach ($name in 'cwd', 'writeAll', 'net', 'run', 'ffi') {
            $facts[$name] | Should -BeIn @('prompt', 'prompt-partial', 'denied') -Because $name
        }
    }

    It 'computes permissions in a start that may do nothing' {
        $place = New-Place -Below $TestDrive
        (Invoke-SpareKey @place).Error | Should -BeNull
        $permission = Get-Permission -DataFolder $place.DataFolder
        $permission.Nul | Should -BeExactly 'false'
        foreach ($name in 'cwd', 'writeAll', 'net', 'run', 'env', 'ffi') {
            $permission.Seen[$name] | Should -BeExactly 'prompt' -Because $name
        }
        $permission.Seen.args.Count | Should -Be 0
        $request = $permission.Seen.request
        @($request.Keys | Sort-Object) | Should -Be @('dataFolder', 'schema', 'settings', 'volumes')
        $request.volumes.Count | Should -BeGreaterThan 0
        @($request.volumes[0].Keys | Sort-Object) | Should -Be @('deviceId', 'drive', 'label', 'persistentVolumeId')
        $request.schema | Should -Be 1
        $request.dataFolder | Should -BeExactly ([System.IO.Path]::Combine($place.DataFolder, 'state'))
        $request.settings.file | Should -Match '"fake"'
    }

    It 'computes permissions anew only when the settings change, and keeps one file' {
        $place = New-Place -Below $TestDrive
        $null = Invoke-SpareKey @place
        $first = Get-Permission -DataFolder $place.DataFolder
        $null = Invoke-SpareKey @place
        $second = Get-Permission -DataFolder $place.DataFolder
        $second.Made | Should -BeExactly $first.Made
        $second.Files | Should -Be $first.Files
        Set-FakeBehaviour -DataFolder $place.DataFolder -Fake @{ changed = 1 }
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($place.DataFolder, 'permissions', 'permissions-0000000000000000.json'), '{')
        $null = Invoke-SpareKey @place
        $third = Get-Permission -DataFolder $place.DataFolder
        $third.Files.Count | Should -Be 1
        $third.Files[0] | Should -Not -Be $first.Files[0]
        [System.IO.Path]::GetFileName($third.Files[0]) | Should -MatchExactly '^permissions-[0-9a-f]{16}\.json$'
    }

    It 'computes permissions anew when the policy changes' {
        $place = New-Place -Below $TestDrive
        Mock -ModuleName SpareKey -CommandName Read-Policy -MockWith { [ordered]@{ 'Share.Path' = '\\srv\a' } }
        $null = Invoke-SpareKey @place
        $first = Get-Permission -DataFolder $place.DataFolder
        Mock -ModuleName SpareKey -CommandName Read-Policy -MockWith { [ordered]@{ 'Share.Path' = '\\srv\b' } }
        $null = Invoke-SpareKey @place
        $second = Get-Permission -DataFolder $place.DataFolder
        $second.Files | Should -Not -Be $first.Files
        $second.Seen.request.settings.policy['Share.Path'] | Should -BeExactly '\\srv\b'
    }

    It 'ends with a bug when the permissions cannot be computed, and keeps no file' {
        $place = New-Place -Below $TestDrive -Fake @{ permissionsExit = 7 }
        $run = Invoke-SpareKey @place
        $run.ExitCode | Should -Be 1
        $run.Error | Should -Match 'ended with code 7'
        [System.IO.Directory]::GetFiles($place.DataFolder, 'permissions-*', [System.IO.SearchOption]::AllDirectories).Count | Should -Be 0
    }

    # The stand-in passes what it saw in a path; over the texts of this recording Deno for Windows panics.
    if (-not $IsWindows) {
        It 'passes the document on byte for byte' {
            Import-CimRecording -Path (Get-Recording -Name 'other-scripts')
            $place = New-Place -Below $TestDrive -Fake @{ keepInput = $true }
            $run = Invoke-SpareKey @place
            Import-CimRecording -Path (Get-Recording -Name 'good')
            $run.Error | Should -BeNull
            $file = [System.IO.Path]::Combine($place.DataFolder, 'state', 'input.bin')
            $text = [System.Text.UTF8Encoding]::new($false, $true).GetString([System.IO.File]::ReadAllBytes($file))
            [System.IO.File]::Delete($file)
            $text[0] | Should -BeExactly '{'
            $text[-1] | Should -BeExactly '}'
            $envelope = ConvertFrom-Json -InputObject $text -AsHashtable
            @($envelope.Keys | Sort-Object) | Should -Be @('runId', 'schema', 'secrets', 'settings', 'snapshot')
            $envelope.runId | Should -Match '^[0-9a-f-]{36}$'
            $envelope.snapshot.volumes[0].label | Should -BeLike ('Syst' + [char]0xE8 + 'me*')
            $envelope.snapshot.volumes[0].protectors[0].recoveryPassword | Should -Match '^249425-'
            $envelope.secrets.Count | Should -Be 0
            $envelope.settings.ContainsKey('policy') | Should -BeFalse
            $envelope.settings.file | Should -BeExactly ([System.IO.File]::ReadAllText([System.IO.Path]::Combine($place.DataFolder, 'settings.json')))
        }
    }

    It 'passes a broken settings file on as text' {
        $place = New-Place -Below $TestDrive
        $null = Invoke-SpareKey @place
        $other = [System.IO.Path]::Combine($place.DataFolder, 'other.json')
        # As Notepad saves "Unicode": UTF-16 with a byte order mark.
        [System.IO.File]::WriteAllText($other, '{"fake":{},"x":"' + [char]0xFC + '"}', [System.Text.Encoding]::Unicode)
        $run = Invoke-SpareKey @place -SettingsFile $other
        $run.Error | Should -BeNull
        (Get-LastAnswer)['facts']['settings']['file'] | Should -BeExactly ('{"fake":{},"x":"' + [char]0xFC + '"}')
    }

    It 'takes a settings file that does not exist as none' {
        $place = New-Place -Below $TestDrive
        $run = Invoke-SpareKey @place -SettingsFile ([System.IO.Path]::Combine($TestDrive, 'no', 'such.json'))
        $run.Error | Should -BeNull
        (Get-LastAnswer)['facts']['settings'].Contains('file') | Should -BeTrue
        (Get-LastAnswer)['facts']['settings']['file'] | Should -BeNull
    }

    It 'ends with code 10 when the settings file cannot be read' {
        $place = New-Place -Below $TestDrive
        $run = Invoke-SpareKey @place -SettingsFile $place.DataFolder
        $run.ExitCode | Should -Be 10
        $run.Error | Should -BeLike "Cannot read settings `"$($place.DataFolder)`": *"
        $run.Hint | Should -Not -BeNullOrEmpty
    }

    It 'ends with code 10 when the data folder does not exist, and does not make it' {
        $place = New-Place -Below $TestDrive
        $place.DataFolder = [System.IO.Path]::Combine($TestDrive, 'not there')
        (Invoke-SpareKey @place).ExitCode | Should -Be 10
        [System.IO.Directory]::Exists($place.DataFolder) | Should -BeFalse
    }

    It 'ends with code 11 when it cannot tell which PC this is' {
        $place = New-Place -Below $TestDrive
        Mock -ModuleName SpareKey -CommandName Get-MachineId -MockWith { $null }
        $run = Invoke-SpareKey @place
        $run.ExitCode | Should -Be 11
        $run.Error | Should -Match 'which PC'
    }

    It 'says what is wrong when Deno is not there' {
        $place = New-Place -Below $TestDrive
        $place.DenoPath = [System.IO.Path]::Combine($TestDrive, 'no deno')
        $run = Invoke-SpareKey @place
        $run.ExitCode | Should -Be 1
        $run.Error | Should -BeLike 'Cannot start "*no deno"*'
    }

    It 'passes the exit code on: <_>' -ForEach 0, 3, 13 {
        $place = New-Place -Below $TestDrive -Fake @{ exit = $_ }
        $run = Invoke-SpareKey @place
        $run.ExitCode | Should -Be $_
        $run.Findings.Count | Should -Be 1
    }

    It 'passes an error on with its hint' {
        $place = New-Place -Below $TestDrive -Fake @{ error = @{ code = 'ledger'; exit = 12; message = 'Cannot open the ledger'; hint = 'update' } }
        $run = Invoke-SpareKey @place
        $run.ExitCode | Should -Be 12
        $run.Error | Should -BeExactly 'Cannot open the ledger'
        $run.Hint | Should -BeExactly 'update'
    }

    It 'gives the program none of the environment of this process' {
        $place = New-Place -Below $TestDrive
        $planted = @{ DENO_CERT = '/planted'; HTTPS_PROXY = 'http://planted'; NODE_OPTIONS = '--planted'; SPARE_PLANTED = 'x' }
        try {
            foreach ($name in $planted.Keys) {
                [System.Environment]::SetEnvironmentVariable($name, $planted[$name])
            }
            $run = Invoke-SpareKey @place
        } finally {
            foreach ($name in $planted.Keys) {
                [System.Environment]::SetEnvironmentVariable($name, $null)
            }
        }
        $run.Error | Should -BeNull
        $variables = (Get-LastAnswer)['facts']['variables']
        $temporary = @(if ($IsWindows) { 'SystemRoot', 'TEMP', 'TMP' } else { 'TMPDIR' })
        # Wine gives each process some of its own, and the drive.
        $given = @($variables.Keys | Where-Object -FilterScript { -not $IsWindows -or ($_ -notmatch '^WINE|^SystemDrive$') })
        @($given | Sort-Object) |
            Should -Be (@('DENO_DIR', 'DENO_DISABLE_NODE_SHIM', 'DENO_NO_UPDATE_CHECK', 'DENO_TLS_CA_STORE', 'NO_COLOR') + $temporary)
        $variables['DENO_DIR'] | Should -BeExactly ([System.IO.Path]::Combine($place.DataFolder, 'deno'))
        $variables[$temporary[-1]] | Should -BeExactly ([System.IO.Path]::Combine($place.DataFolder, 'temp'))
        $variables['DENO_TLS_CA_STORE'] | Should -BeExactly 'mozilla,system'
    }

    It 'ends a program that does not end, with code 3 and a clear line' {
        $place = New-Place -Below $TestDrive -Fake @{ hang = $true }
        $run = Invoke-SpareKey @place -TimeLimitSeconds 5
        $run.ExitCode | Should -Be 3
        $run.Error | Should -MatchExactly '^The program did not end within [1-5] seconds and was ended$'
        $run.Host | Should -BeExactly 'ANNA-LAPTOP'
    }

    It 'leaves no program behind when it is killed itself' {
        $place = New-Place -Below $TestDrive -Fake @{ hang = $true; watch = $true }
        $kit = Get-RepositoryPath tests powershell TestKit.psm1
        $file = [System.IO.Path]::Combine($place.DataFolder, 'state', '{0}.txt')
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($file))
        # Its own number, since what we start may be a small program that starts the real one.
        $code = "[System.IO.File]::WriteAllText('$($file -f 'pid')', `$PID); Import-Module '$kit'; Import-TestModule; " +
            '& (Get-Module SpareKey) { function script:Read-RegistryText { "guid" } }; ' +
            "Invoke-SpareKey -DataFolder '$($place.DataFolder)' -ProgramPath '$($place.ProgramPath)' -DenoPath '$($place.DenoPath)'"
        $start = [System.Diagnostics.ProcessStartInfo]::new((Get-PowerShellPath))
        foreach ($item in '-NoProfile', '-NonInteractive', '-Command', $code) {
            $start.ArgumentList.Add($item)
        }
        $start.RedirectStandardOutput = $true
        $parent = [System.Diagnostics.Process]::Start($start)
        try {
            Wait-Until -Condition { [System.IO.File]::Exists($file -f 'started') } | Should -BeTrue
            [System.IO.File]::Exists($file -f 'ended') | Should -BeFalse
            # Only the one process, as the task scheduler does: nobody ends its child for us.
            [System.Diagnostics.Process]::GetProcessById([int][System.IO.File]::ReadAllText($file -f 'pid')).Kill()
            Wait-Until -Condition { [System.IO.File]::Exists($file -f 'ended') } | Should -BeTrue
        } finally {
            $parent.Kill($true)
        }
    }

    It 'is not blocked by 50 MB on standard output, and leaves "carry" out of the result' {
        $place = New-Place -Below $TestDrive -Fake @{ carryBytes = 52428800; stderr = 'line of talk'; stderrTimes = 400000 }
        $run = Invoke-SpareKey @place
        $run.Error | Should -BeNull
        $run.ExitCode | Should -Be 0
        (Get-LastAnswer)['carry'][0]['contentBase64'].Length | Should -Be 52428800
        $run.PSObject.Properties.Name | Should -Not -Contain 'Carry'
    }

    It 'keeps the talk of a failed run, without digits and secrets, and not too much of it' {
        $shapes = '249425-539187-330363-273262-016346-600963-497299-188144 249425539187330363273262016346600963497299188144 ' +
            "249425 - 539187 - 330363 - 273262 - 016346 - 600963 - 497299 - 188144`n249425`t539187`t330363`t273262`t016346`t600963`t497299`t188144 " +
            'AGE-SECRET-KEY-1QQPQYSZ MARK'
        $place = New-Place -Below $TestDrive -Fake @{ exit = 12; stderr = $shapes; stderrTimes = 2000; stderrSecrets = $true }
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($place.DataFolder, 'secrets'))
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($place.DataFolder, 'secrets', 'smtpPassword.bin'), 'sealed')
        Mock -ModuleName SpareKey -CommandName Unlock-Secret -MockWith {
            & (Get-Module -Name SpareKey) { $script:Secrets['smtpPassword'] = 'correct horse' }
        }
        $run = Invoke-SpareKey @place
        $run.ExitCode | Should -Be 12
        $kept = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($place.DataFolder, 'logs', 'last-failure.txt'))
        $kept.Length | Should -BeLessThan 70000
        $kept | Should -MatchExactly 'MARK'
        $kept | Should -MatchExactly '\[recovery password\]'
        $kept | Should -MatchExactly '"smtpPassword":"\[secret\]"'
        $kept | Should -Not -Match '539187|188144|QQPQYSZ|horse'
        $kept | Should -Match '^\d{4}-.* exit code 12'
    }

    It 'keeps nothing of a run that went well' {
        $place = New-Place -Below $TestDrive -Fake @{ stderr = 'talk' }
        $null = Invoke-SpareKey @place
        [System.IO.Directory]::Exists([System.IO.Path]::Combine($place.DataFolder, 'logs')) | Should -BeFalse
    }

    It 'says so when the program gives no answer, and never quotes what it gave: <Name>' -ForEach @(
        @{ Name = 'nothing, code 5'; Fake = @{ silent = $true; exit = 5 }; Code = 5 }
        @{ Name = 'nothing, code 0'; Fake = @{ silent = $true }; Code = 1 }
        @{ Name = 'no JSON'; Fake = @{ garbage = $true }; Code = 1 }
    ) {
        $place = New-Place -Below $TestDrive -Fake $Fake
        $run = Invoke-SpareKey @place
        $run.ExitCode | Should -Be $Code
        $run.Error | Should -Match 'no answer'
        ConvertTo-Json -InputObject $run -Depth 5 | Should -Not -Match '249425'
    }

    It 'goes on without a secret that cannot be opened, and ends with code 3' {
        $place = New-Place -Below $TestDrive
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($place.DataFolder, 'secrets'))
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($place.DataFolder, 'secrets', 'archiveKey.bin'), 'not from DPAPI')
        $run = Invoke-SpareKey @place
        $run.ExitCode | Should -Be 3
        $run.Error | Should -BeLike 'Cannot open the secret "archiveKey"*'
        $run.Findings.Count | Should -Be 1
    }

    It 'hands over the policy flattened, with values as they are' {
        $place = New-Place -Below $TestDrive
        Mock -ModuleName SpareKey -CommandName Open-RegistryKey -MockWith {
            $values = switch ($Path) {
                'SOFTWARE\Policies\Spare Key' { [ordered]@{ Verify = 'never'; Recipients = [string[]]@('age1a'); '' = 'default' } }
                'SOFTWARE\Policies\Spare Key\Smtp' { [ordered]@{ Port = 587; Host = 'smtp.example.org' } }
                'SOFTWARE\Policies\Spare Key\Mail' { [ordered]@{ To = [string[]]@('a@example.org', 'b@example.org') } }
                default { return $null }
            }
            $key = [PSCustomObject]@{ Values = $values; Sub = @('Smtp', 'Mail', 'Gone') }
            $key | Add-Member -MemberType ScriptMethod -Name GetValueNames -Value { @($this.Values.Keys) }
            $key | Add-Member -MemberType ScriptMethod -Name GetValue -Value { param($name) , $this.Values[$name] }
            $key | Add-Member -MemberType ScriptMethod -Name GetSubKeyNames -Value { $this.Sub }
            $key | Add-Member -MemberType ScriptMethod -Name Close -Value {}
            $key
        }
        $null = Invoke-SpareKey @place
        $policy = (Get-LastAnswer)['facts']['settings']['policy']
        @($policy.Keys) | Should -BeExactly @('Mail.To', 'Recipients', 'Smtp.Host', 'Smtp.Port', 'Verify')
        $policy['Smtp.Port'] | Should -Be 587
        $policy['Smtp.Host'] | Should -BeExactly 'smtp.example.org'
        $policy['Mail.To'] | Should -Be @('a@example.org', 'b@example.org')
        $policy['Recipients'].GetType().Name | Should -BeLike 'List*'
    }
}

Describe 'The nightly job Invoke-SpareKey.ps1' {
    BeforeAll {
        function Invoke-Job {
            # Runs the entry script in a PowerShell of its own whose profile puts the recorded PC in the place of WMI.
            param([hashtable] $Place, [string] $More = '')
            $start = [System.Diagnostics.ProcessStartInfo]::new((Get-PowerShellPath))
            $script = Get-RepositoryPath scheduled Invoke-SpareKey.ps1
            $replay = Get-RepositoryPath tests powershell CimReplay.psm1
            $code = "Import-Module '$replay' -Global; Import-CimRecording '$(Get-Recording -Name good)'; " +
                "& '$script' -DataFolder '$($Place.DataFolder)' -DenoPath '$($Place.DenoPath)' -ProgramPath '$($Place.ProgramPath)' $More; exit `$LASTEXITCODE"
            foreach ($item in '-NoProfile', '-NonInteractive', '-Command', $code) {
                $start.ArgumentList.Add($item)
            }
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $start.StandardOutputEncoding = [System.Text.UTF8Encoding]::new($false)
            $process = [System.Diagnostics.Process]::Start($start)
            $talk = $process.StandardError.ReadToEndAsync()
            $output = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit()
            return @{ Code = $process.ExitCode; Output = $output; Talk = $talk.Result }
        }
    }

    It 'prints changes and findings, and exits with the code of the run' {
        $job = Invoke-Job -Place (New-Place -Below $TestDrive -Fake @{ exit = 3 }) -More '-DryRun'
        $job.Talk | Should -BeExactly ''
        $job.Code | Should -Be 3
        $job.Output.TrimEnd() -split '\r?\n' | Should -Be @(('Neuer Schl' + [char]0xFC + 'ssel f' + [char]0xFC + 'r C:'), 'Protection of C: is off')
    }

    It 'exits with 10 and one clear line, with its hint below, on settings that cannot be read' {
        $place = New-Place -Below $TestDrive
        $job = Invoke-Job -Place $place -More "-SettingsFile '$($place.DataFolder)'"
        $job.Code | Should -Be 10
        @($job.Talk.TrimEnd() -split '\r?\n').Count | Should -Be 2
        $job.Talk | Should -Match '^Cannot read settings'
    }
}
