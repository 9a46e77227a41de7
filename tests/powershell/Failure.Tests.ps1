BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith { 'AA11BB22-0000-4000-8000-0123456789AB' }
    # As on Windows: each entry as "ID level text".
    Mock -ModuleName SpareKey -CommandName Write-RunEvent -MockWith {
        & (Get-Module -Name SpareKey) {
            param($Result)
            $script:Entries = @(foreach ($entry in @(Get-RunEvent -Result $Result)) { '{0} {1} {2}' -f $entry['id'], $entry['level'], $entry['text'] })
        } $Result
    }

    function Get-Entry {
        # What the event log holds of the last run.
        & (Get-Module -Name SpareKey) { $script:Entries }
    }

    function Get-Told {
        # What the program was asked to tell, one a run.
        param([hashtable] $Place)
        $file = [System.IO.Path]::Combine($Place.DataFolder, 'state', 'told.json')
        if ([System.IO.File]::Exists($file)) {
            foreach ($line in [System.IO.File]::ReadAllLines($file)) {
                ConvertFrom-Json -InputObject $line -AsHashtable
            }
        }
    }
}

Describe 'A run that fails outside the program' {
    It 'reaches the event log and the program, which mails it: <Name>' -ForEach @(
        @{ Name = 'no answer'; Fake = @{ silent = $true; exit = 5 }; Code = 5; Entry = '130 error The program ended with code 5 and no answer*' }
        @{ Name = 'no answer, code 0'; Fake = @{ silent = $true }; Code = 1; Entry = '190 error The program ended with code 0 and no answer*' }
        @{ Name = 'broken JSON'; Fake = @{ garbage = $true; exit = 3 }; Code = 3; Entry = '130 error The program ended with code 3 and no answer*' }
        @{ Name = 'its time limit'; Fake = @{ hang = $true }; Code = 3; Entry = '130 error The program did not end within * seconds and was ended*' }
    ) {
        $place = New-Place -Below $TestDrive -Fake $Fake
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($place.DataFolder, 'secrets'))
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($place.DataFolder, 'secrets', 'smtpPassword.bin'), 'sealed')
        Mock -ModuleName SpareKey -CommandName Unlock-Secret -MockWith {
            & (Get-Module -Name SpareKey) { $script:Secrets['smtpPassword'] = 'correct horse' }
        }
        # Where nothing hangs, a busy machine has its time.
        $seconds = if ($Fake.ContainsKey('hang')) { 5 } else { 120 }
        $run = Invoke-SpareKey @place -TimeLimitSeconds $seconds
        $run.ExitCode | Should -Be $Code
        @(Get-Entry) | Should -HaveCount 1
        @(Get-Entry)[0] | Should -BeLike $Entry
        $told = @(Get-Told -Place $place)
        $told | Should -HaveCount 1
        $told[0]['failure'] | ForEach-Object -Process { $_['exit']; $_['message']; $_['hint'] } | Should -Be @($Code, $run.Error, $run.Hint)
        $told[0]['host'] | Should -BeExactly 'ANNA-LAPTOP'
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($place.DataFolder, 'state', 'told.json')) | Should -Match ([regex]::Escape('"takenAt":"{0}"' -f $run.TakenAt))
        $told[0]['secrets'] | Should -Be @('smtpPassword')
        $told[0]['args'] | Should -Be @('--data', [System.IO.Path]::Combine($place.DataFolder, 'state'), '--json')
        # The way to the mail server, and no other.
        $told[0]['host0'] | Should -BeExactly 'granted'
        $told[0]['net'] | Should -BeIn @('prompt', 'prompt-partial', 'denied')
    }

    It 'is told also where nothing could be collected, without the name of the PC' {
        $place = New-Place -Below $TestDrive
        Mock -ModuleName SpareKey -CommandName Read-Snapshot -MockWith {
            throw (& (Get-Module -Name SpareKey) { New-SpareKeyException -ExitCode 11 -Message 'Cannot tell which PC this is' -Hint 'look at WMI' })
        }
        (Invoke-SpareKey @place).ExitCode | Should -Be 11
        @(Get-Entry) | Should -Be @("130 error Cannot tell which PC this is$([System.Environment]::NewLine)look at WMI")
        $told = @(Get-Told -Place $place)
        $told[0]['failure']['exit'] | Should -Be 11
        $told[0]['settings']['file'] | Should -BeTrue
        $told[0]['host0'] | Should -BeExactly 'granted' -Because 'the settings name the mail server'
        $told[0]['host'] | Should -BeNull
    }

    It 'is told also where the permissions cannot be computed, only not by mail' {
        # Deno's own options take no comma, and there is no file for them.
        $place = New-Place -Below $TestDrive -Name 'Data' -Fake @{ permissionsExit = 7 }
        $warnings = @(& { Invoke-SpareKey @place } 3>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.WarningRecord] })
        @($warnings).Message | Should -BeLike 'Cannot tell of the failed run by mail: *'
        @(Get-Entry)[0] | Should -BeLike '190 error Cannot compute what the program may do*'
        @(Get-Told -Place $place)[0]['host0'] | Should -Not -BeExactly 'granted'
    }

    It 'costs a warning where Deno is not there: the event log alone remains' {
        $place = New-Place -Below $TestDrive -Name 'Data'
        $place.DenoPath = [System.IO.Path]::Combine($place.DataFolder, 'no deno')
        $warnings = @(& { Invoke-SpareKey @place } 3>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.WarningRecord] })
        @($warnings).Message | Should -BeLike '*Cannot start "*no deno"*'
        @($warnings) | Should -HaveCount 2
        @(Get-Entry)[0] | Should -BeLike '190 error Cannot start "*no deno"*'
    }

    It 'is told also where the policy cannot be read' {
        $place = New-Place -Below $TestDrive
        Mock -ModuleName SpareKey -CommandName Read-Policy -MockWith { throw 'the registry is closed' }
        $warnings = @(& { Invoke-SpareKey @place } 3>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.WarningRecord] })
        @($warnings).Message | Should -BeExactly @('Cannot read the policy: the registry is closed')
        @(Get-Told -Place $place)[0]['failure']['message'] | Should -BeLike '*the registry is closed*'
    }

    It 'costs a warning where the program cannot tell of it and says nothing' {
        $place = New-Place -Below $TestDrive -Fake @{ silent = $true; exit = 5; tellExit = 10 }
        $warnings = @(& { Invoke-SpareKey @place } 3>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.WarningRecord] })
        @($warnings).Message | Should -BeExactly @('Cannot tell of the failed run: "tell-failure" ended with code 10')
    }

    It 'keeps the last words also where nothing could be collected' {
        $place = New-Place -Below $TestDrive
        Mock -ModuleName SpareKey -CommandName Read-Snapshot -MockWith {
            throw 'nothing collected'
        }
        Mock -ModuleName SpareKey -CommandName Send-Failure -MockWith {
            & (Get-Module -Name SpareKey) { $script:ProgramTalk = 'Cannot tell "helper"' }
        }
        $null = Invoke-SpareKey @place
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($place.DataFolder, 'logs', 'last-failure.txt')) | Should -Match 'Cannot tell "helper"'
    }

    It 'says why it could not be told, beside the last words of the run' {
        $place = New-Place -Below $TestDrive -Fake @{ silent = $true; exit = 5; stderr = 'last words'; tellTalk = 'Cannot tell "helper"' }
        $warnings = @(& { Invoke-SpareKey @place } 3>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.WarningRecord] })
        @($warnings).Message | Should -BeLike 'The failed run could not be told by mail: *'
        $kept = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($place.DataFolder, 'logs', 'last-failure.txt'))
        $kept | Should -Match 'exit code 5'
        $kept | Should -Match 'last words'
        $kept | Should -Match 'Cannot tell "helper"'
    }
}

Describe 'A run that needs no second start to be told' {
    It 'is one whose failure the program told itself: <Code>' -ForEach @(
        @{ Code = 1; Name = 'bug'; Entry = '190 error m*' }
        @{ Code = 10; Name = 'settings'; Entry = '150 error m*' }
        @{ Code = 11; Name = 'snapshot'; Entry = '130 error m*' }
        @{ Code = 12; Name = 'ledger'; Entry = '130 error m*' }
        @{ Code = 13; Name = 'busy'; Entry = '130 warning m*' }
    ) {
        $place = New-Place -Below $TestDrive -Fake @{ error = @{ code = $Name; exit = $Code; message = 'm'; hint = 'h' } }
        (Invoke-SpareKey @place).ExitCode | Should -Be $Code
        @(Get-Entry)[0] | Should -BeLike $Entry
        @(Get-Told -Place $place) | Should -HaveCount 0
    }

    It 'is one that went well, fell short, or was dry' {
        foreach ($fake in @{}, @{ exit = 3 }) {
            $place = New-Place -Below $TestDrive -Fake $fake
            $null = Invoke-SpareKey @place
            @(Get-Told -Place $place) | Should -HaveCount 0
        }
        $place = New-Place -Below $TestDrive -Fake @{ silent = $true; exit = 5 }
        (Invoke-SpareKey @place -DryRun).ExitCode | Should -Be 5
        @(Get-Told -Place $place) | Should -HaveCount 0
    }

    It 'is one whose data folder is not to be trusted' {
        $place = New-Place -Below $TestDrive
        Mock -ModuleName SpareKey -CommandName Assert-DataFolder -MockWith {
            throw (& (Get-Module -Name SpareKey) { New-SpareKeyException -ExitCode 10 -Message 'Others can change it' -Hint 'install again' })
        }
        (Invoke-SpareKey @place).ExitCode | Should -Be 10
        @(Get-Entry)[0] | Should -BeLike '150 error Others can change it*'
        @(Get-Told -Place $place) | Should -HaveCount 0
    }
}
