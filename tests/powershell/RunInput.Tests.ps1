BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith { 'AA11BB22-0000-4000-8000-0123456789AB' }
    # What the module read last, before it forgets it.
    Mock -ModuleName SpareKey -CommandName Clear-Secret -MockWith { Save-LastAnswer }

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
    It 'starts Deno with everything closed that could go round the permissions' {
        $place = New-Place -Below $TestDrive
        $arguments = InModuleScope -ModuleName SpareKey -Parameters $place -ScriptBlock { Get-ProgramArgument -ProgramPath $ProgramPath -PermissionFile 'p.json' }
        $arguments | Should -Be @('run', '--quiet', '--no-prompt', '--no-lock', '--no-npm', '--no-remote', '--cached-only', '--v8-flags=--no-lazy,--min-semi-space-size=4', '--config', 'p.json', '-P', $place.ProgramPath)
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
