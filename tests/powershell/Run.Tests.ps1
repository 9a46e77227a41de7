BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith { 'AA11BB22-0000-4000-8000-0123456789AB' }
    # What the module read last, before it forgets it.
    Mock -ModuleName SpareKey -CommandName Clear-Secret -MockWith { Save-LastAnswer }
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
