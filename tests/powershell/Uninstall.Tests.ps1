BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Use-FakeWindows.ps1'))
}

AfterAll {
    Remove-Module -Name SetupKit, InstallKit
}

Describe 'Removal' {
    BeforeEach {
        $machine = New-Machine
        $null = Install-Whole -Machine $machine -More @{ OneDriveUser = $user }
        $state = Get-WindowsState
        foreach ($name in 'ledger.db', 'state/ledger.db', 'state/ledger.damaged-1.db', 'state/spare-key.log', 'state/archive/pc/a.age', 'secrets/smtpPassword.bin', 'secrets/share-office.bin', "pickup/$user/a.TXT", 'permissions/permissions-0.json', 'templates/sheet.html', 'onedrive.json', 'settings.last-good.json', 'logs/last-failure.txt') {
            $file = Get-Part $machine.DataFolder $name
            [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($file))
            [System.IO.File]::WriteAllText($file, $name)
        }
    }

    It 'takes program, tasks, registry and event source away, and keeps ledger and archive' {
        $setup = Uninstall-SpareKey
        $setup.ExitCode | Should -Be 0
        [System.IO.Directory]::Exists($machine.InstallFolder) | Should -BeFalse
        $state.Tasks.Count | Should -Be 0
        $state.Registry.Count | Should -Be 0
        $left = @([System.IO.Directory]::GetFiles($machine.DataFolder, '*', [System.IO.SearchOption]::AllDirectories) |
                ForEach-Object -Process { $_.Substring($machine.DataFolder.Length + 1) } | Sort-Object)
        $left | Should -Be @('ledger.db', 'secrets/archiveKey.bin', 'settings.json', 'state/archive/pc/a.age', 'state/ledger.damaged-1.db', 'state/ledger.db', 'templates/sheet.html')
        @($setup.Remarks) -like '*stay in*' | Should -Not -BeNullOrEmpty
        @($setup.Changes) -like '*pick-up folders were removed' | Should -Not -BeNullOrEmpty
    }

    It 'run again has nothing to do' {
        $null = Uninstall-SpareKey
        $again = Uninstall-SpareKey -InstallFolder $machine.InstallFolder -DataFolder $machine.DataFolder
        $again.ExitCode | Should -Be 0
        $again.Changes | Should -Be @()
    }

    It 'takes all away when that is said' {
        $setup = Uninstall-SpareKey -RemoveData
        $setup.ExitCode | Should -Be 0
        [System.IO.Directory]::Exists($machine.DataFolder) | Should -BeFalse
    }

    It 'goes on after a part that fails' {
        [System.IO.File]::Delete((Get-Part $machine.InstallFolder 'SpareKey', 'SpareKey.psd1'))
        $setup = Uninstall-SpareKey
        $setup.ExitCode | Should -Be 3
        $setup.Error | Should -Match 'does not hold Spare Key and was left alone'
        [System.IO.Directory]::Exists($machine.InstallFolder) | Should -BeTrue
        $state.Tasks.Count | Should -Be 0
        $state.Registry["$product|InstallFolder"] | Should -BeExactly $machine.InstallFolder -Because 'the next attempt must find the rest'
    }

    It 'leaves a folder alone that somebody named by mistake: <_>' -ForEach $false, $true {
        $other = Get-Part $TestDrive 'Documents'
        [void][System.IO.Directory]::CreateDirectory((Get-Part $other 'logs'))
        [System.IO.File]::WriteAllText((Get-Part $other 'letter.txt'), 'x')
        $setup = Uninstall-SpareKey -DataFolder $other -RemoveData:$_
        $setup.ExitCode | Should -Be 3
        $setup.Error | Should -BeLike '*does not hold data of Spare Key and was left alone'
        [System.IO.File]::Exists((Get-Part $other 'letter.txt')) | Should -BeTrue
        [System.IO.Directory]::Exists((Get-Part $other 'logs')) | Should -BeTrue
    }

    It 'leaves files and registry to the MSI that calls it' {
        $null = Uninstall-SpareKey -InPlace
        [System.IO.Directory]::Exists($machine.InstallFolder) | Should -BeTrue
        $state.Registry["$product|Version"] | Should -Not -BeNullOrEmpty
        $state.Tasks.Count | Should -Be 0
    }

    It 'only stops when that is all that is wanted, and installation starts it again' {
        $setup = Uninstall-SpareKey -StopOnly
        $setup.ExitCode | Should -Be 0
        $state.Tasks[$nightly] | Should -Match '<Enabled>false'
        [System.IO.File]::Exists((Get-Part $machine.DataFolder 'pickup', $user, 'a.TXT')) | Should -BeTrue
        $null = Install-Whole -Machine $machine
        $state.Tasks[$nightly] | Should -Not -Match '<Enabled>false'
    }

    It 'does not say that a run was stopped when Task Scheduler refused' {
        Mock -ModuleName SpareKey -CommandName Invoke-WindowsTool -ParameterFilter { $Argument[0] -eq '/Change' } -MockWith { @{ ExitCode = 1; Output = 'Access is denied.' } }
        $setup = Uninstall-SpareKey -StopOnly
        $setup.ExitCode | Should -Be 3
        $setup.Error | Should -BeExactly 'Cannot disable the task "\Spare Key\Nightly": Access is denied.'
        $setup.Changes | Should -Be @()
    }

    It 'only tells with -WhatIf' {
        (Uninstall-SpareKey -RemoveData -WhatIf).ExitCode | Should -Be 0
        [System.IO.Directory]::Exists($machine.DataFolder) | Should -BeTrue
        $state.Tasks.Count | Should -Be 2
    }

    It 'and installation again go on with the same ledger and key' {
        $key = [System.IO.File]::ReadAllText((Get-Part $machine.DataFolder 'secrets', 'archiveKey.bin'))
        $null = Uninstall-SpareKey
        $null = Install-Whole -Machine $machine
        [System.IO.File]::ReadAllText((Get-Part $machine.DataFolder 'secrets', 'archiveKey.bin')) | Should -BeExactly $key
        [System.IO.File]::ReadAllText((Get-Part $machine.DataFolder 'state', 'ledger.db')) | Should -BeExactly 'state/ledger.db'
    }
}
