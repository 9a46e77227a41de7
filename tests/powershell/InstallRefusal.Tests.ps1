BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Use-FakeWindows.ps1'))
}

AfterAll {
    Remove-Module -Name SetupKit, InstallKit
}

Describe 'What installation refuses or survives' {
    BeforeEach {
        $machine = New-Machine
        $ledger = Get-Part $machine.DataFolder 'state', 'ledger.db'

        function Set-Ledger {
            # The head of a SQLite file: user version at 60, application ID at 68.
            param([int] $Version, [int] $Mark = 0x53704B79)
            $bytes = [byte[]]::new(4096)
            $bytes[63] = $Version
            foreach ($at in 0..3) {
                $bytes[68 + $at] = ($Mark -shr (24 - 8 * $at)) -band 255
            }
            [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($ledger))
            [System.IO.File]::WriteAllBytes($ledger, $bytes)
        }
    }

    It 'a ledger of a newer version: refused, nothing changed' {
        Set-Ledger -Version 2
        $before = Get-Tree -Path $machine.DataFolder
        $refused = Install-SpareKey @machine
        $refused.ExitCode | Should -Be 12
        $refused.Error | Should -Match 'is of version 2, and this program knows 1 at most'
        $refused.Changes | Should -Be @()
        Get-Tree -Path $machine.DataFolder | Should -BeExactly $before
        [System.IO.Directory]::Exists($machine.InstallFolder) | Should -BeFalse
    }

    It 'a ledger of this version, or what is no ledger: left to the next run' {
        foreach ($mark in 0x53704B79, 0) {
            Set-Ledger -Version 1 -Mark $mark
            $bytes = [System.Convert]::ToBase64String([System.IO.File]::ReadAllBytes($ledger))
            $null = Install-Whole -Machine $machine
            [System.Convert]::ToBase64String([System.IO.File]::ReadAllBytes($ledger)) | Should -BeExactly $bytes
        }
    }

    It 'a release that was unpacked in part' {
        [System.IO.File]::Delete((Get-Part $machine.Source 'Invoke-SpareKey.ps1'))
        $refused = Install-SpareKey @machine
        $refused.ExitCode | Should -Be 3
        $refused.Error | Should -Match '"Invoke-SpareKey.ps1" is missing there$'
        [System.IO.Directory]::Exists($machine.DataFolder) | Should -BeFalse
    }

    It 'a program that does not start here' {
        [System.IO.File]::WriteAllText((Get-Part $machine.Source 'main.js'), 'Deno.exit(7)')
        $refused = Install-SpareKey @machine
        $refused.ExitCode | Should -Be 2
        $refused.Error | Should -Match '^Cannot start the program of this release: .*code 7'
        [System.IO.Directory]::Exists($machine.InstallFolder) | Should -BeFalse
    }

    It 'a WMI service that does not run, or Windows without BitLocker: told' {
        Import-CimRecording -Path (Get-Recording -Name 'namespace-missing')
        $setup = Install-Whole -Machine $machine
        Import-CimRecording -Path (Get-Recording -Name 'good')
        @($setup.Remarks) -like 'Windows does not answer questions about BitLocker now*' | Should -Not -BeNullOrEmpty
    }

    It 'a Task Scheduler that takes no task: done in part, and the rest done' {
        Set-WindowsBehaviour -RefuseCreate
        $setup = Install-SpareKey @machine
        $setup.ExitCode | Should -Be 3
        $setup.Error | Should -Match 'Cannot register the task'
        (Get-WindowsState).Registry["$product|Version"] | Should -Not -BeNullOrEmpty
    }

    It 'a whole drive, and a path that is none' {
        (Install-SpareKey -Source $machine.Source -InstallFolder '/').ExitCode | Should -Be 2
        (Install-SpareKey -Source $machine.Source -DataFolder 'data').ExitCode | Should -Be 2
    }

    It 'another system, before anything else' {
        Mock -ModuleName SpareKey -CommandName Assert-Machine -MockWith {
            $exception = [System.InvalidOperationException]::new('Cannot set up or remove Spare Key: this is not Windows')
            $exception.Data['SpareKeyExitCode'] = 2
            $exception.Data['SpareKeyHint'] = $null
            throw $exception
        }
        (Install-SpareKey @machine).ExitCode | Should -Be 2
        (Uninstall-SpareKey).ExitCode | Should -Be 2
        { Test-SpareKeyInstallation } | Should -Throw -ExpectedMessage '*this is not Windows'
    }

    It 'files that an MSI has put there: rights, data, registry and task are made' {
        $null = Install-Whole -Machine @{ Source = $machine.Source; DataFolder = $machine.DataFolder; InPlace = $true }
        Get-FakeSddl -Path $machine.Source | Should -BeExactly ($closed + '(A;OICI;0x1200a9;;;BU)')
        (Get-WindowsState).Registry["$product|InstallFolder"] | Should -BeExactly $machine.Source
        [System.IO.Directory]::Exists($machine.InstallFolder) | Should -BeFalse
    }

    It 'files that lie in place, of which somebody else <Name>' -ForEach @(
        @{ Name = 'owns one'; Sddl = 'O:S-1-5-21-1-2-3-1001D:AI(A;OICIID;FA;;;SY)' }
        @{ Name = 'may change one'; Sddl = 'O:BAD:AI(A;;0x1301bf;;;S-1-5-21-1-2-3-1001)(A;ID;FA;;;SY)' }
    ) {
        (Get-WindowsState).Rights[(Get-Part $machine.Source 'SpareKey', 'Private', 'Get-A.ps1')] = $Sddl
        $setup = Install-SpareKey -Source $machine.Source -DataFolder $machine.DataFolder -InPlace
        $setup.ExitCode | Should -Be 2
        $setup.Error | Should -BeLike 'Cannot install in place: "*Get-A.ps1" is a link, or somebody else owns it or may change it'
        (Get-WindowsState).Tasks.Count | Should -Be 0
    }
}

Describe 'An installation that fails on the way' {
    BeforeEach {
        $machine = New-Machine
        $null = Install-Whole -Machine $machine
        [System.IO.File]::WriteAllText((Get-Part $machine.InstallFolder 'chunk-1.js'), 'another')
    }

    It 'leaves the tasks enabled: <Name>' -ForEach @(
        @{ Name = 'the program cannot be put there'; Command = 'Move-Folder' }
        @{ Name = 'the data folder cannot be looked at'; Command = 'Sync-DataFolder' }
        @{ Name = 'the tasks cannot be made'; Command = 'Read-WantedTask' }
    ) {
        Mock -ModuleName SpareKey -CommandName $Command -MockWith { throw 'held open' }
        (Install-SpareKey @machine).ExitCode | Should -Not -Be 0
        @((Get-WindowsState).Calls) -like "/Change /TN $nightly" | Should -Not -BeNullOrEmpty
        (Get-WindowsState).Tasks[$nightly] | Should -Not -Match '<Enabled>false'
    }
}
