BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Use-FakeWindows.ps1'))
}

AfterAll {
    Remove-Module -Name SetupKit, InstallKit
}

Describe 'A first installation' {
    BeforeAll {
        $machine = New-Machine
        $setup = Install-Whole -Machine $machine
        $state = Get-WindowsState
    }

    It 'puts the program there, and nothing that lay beside it' {
        [System.IO.File]::ReadAllText((Get-Part $machine.InstallFolder 'SpareKey', 'Private', 'Get-A.ps1')) | Should -BeExactly 'content of SpareKey/Private/Get-A.ps1'
        [System.IO.File]::Exists((Get-Part $machine.InstallFolder 'deno')) | Should -BeTrue
        [System.IO.File]::Exists((Get-Part $machine.InstallFolder 'holiday.jpg')) | Should -BeFalse
    }

    It 'leaves nothing that it prepared' {
        @([System.IO.Directory]::GetFileSystemEntries([System.IO.Path]::GetDirectoryName($machine.InstallFolder))) | Should -Be @($machine.InstallFolder)
    }

    It 'closes both folders' {
        Get-FakeSddl -Path $machine.DataFolder | Should -BeExactly $closed
        Get-FakeSddl -Path $machine.InstallFolder | Should -BeExactly ($closed + '(A;OICI;0x1200a9;;;BU)')
    }

    It 'makes a key for the archive, and no settings' {
        [System.IO.File]::Exists((Get-Part $machine.DataFolder 'secrets', 'archiveKey.bin')) | Should -BeTrue
        [System.IO.File]::Exists((Get-Part $machine.DataFolder 'settings.json')) | Should -BeFalse
    }

    It 'registers version, places, event source and task' {
        $version = [string](Get-Module -Name SpareKey).Version
        $state.Registry["$product|Version"] | Should -BeExactly $version
        $state.Registry["$product|InstallFolder"] | Should -BeExactly $machine.InstallFolder
        $state.Registry["$product|DataFolder"] | Should -BeExactly $machine.DataFolder
        $state.Registry['SYSTEM\CurrentControlSet\Services\EventLog\Application\Spare Key|TypesSupported'] | Should -BeExactly '7'
        @($state.Tasks.Keys) | Should -Be @($nightly)
        $state.Tasks[$nightly] | Should -Match ([regex]::Escape("<Start>$($machine.InstallFolder)</Start>"))
        [System.IO.Directory]::GetFiles((Get-Part $machine.DataFolder 'temp')).Count | Should -Be 0
    }

    It 'run again changes nothing, and says so' {
        $before = (Get-Tree -Path $machine.InstallFolder) + (Get-Tree -Path $machine.DataFolder)
        $again = Install-Whole -Machine $machine
        $again.Changes | Should -Be @()
        (Get-Tree -Path $machine.InstallFolder) + (Get-Tree -Path $machine.DataFolder) | Should -BeExactly $before
        @(Test-SpareKeyInstallation @machine).Count | Should -Be 0
    }

    It 'is shown' {
        $shown = Get-SpareKeyInstallation
        $shown.DataFolder | Should -BeExactly $machine.DataFolder
        $shown.Program | Should -BeTrue
        $shown.ArchiveKey | Should -BeTrue
        $shown.Settings | Should -BeFalse
        $shown.Ledger | Should -BeNull
        $shown.Tasks[0].Name | Should -BeExactly $nightly
        $shown.Tasks[0].State | Should -BeExactly 'ready'
    }
}

Describe 'What drifted' {
    BeforeAll {
        $machine = New-Machine
        $null = Install-Whole -Machine $machine
        $state = Get-WindowsState
    }

    AfterEach {
        Set-WindowsBehaviour
    }

    It 'is found without being changed, and then put right: <Name>' -ForEach @(
        @{ Name = 'a task that was edited by hand'; Text = 'the task "\Spare Key\Nightly" was edited by hand'; Break = { $state.Tasks[$nightly] = $state.Tasks[$nightly].Replace('02:00', '04:00') } }
        @{ Name = 'a task that was disabled'; Text = 'the task "\Spare Key\Nightly" was disabled'; Break = { $null = Invoke-FakeTool -Name 'schtasks.exe' -Argument @('/Change', '/TN', $nightly, '/DISABLE') } }
        @{ Name = 'a task that is missing'; Text = 'the task "\Spare Key\Nightly" is missing'; Break = { $state.Tasks.Remove($nightly) } }
        @{ Name = 'a task whose kept copy is gone'; Text = '*unknown origin'; Break = { [System.IO.File]::Delete((Get-Part $machine.DataFolder 'tasks', 'Nightly.xml')) } }
        @{ Name = 'other settings'; Text = '*is not as the settings want it'; Break = { [System.IO.File]::WriteAllText((Get-Part $machine.DataFolder 'settings.json'), '{"schedule":{"at":"03:30"}}') } }
        @{ Name = 'an event source that is missing'; Text = 'EventMessageFile*is missing'; Break = { $state.Registry.Remove('SYSTEM\CurrentControlSet\Services\EventLog\Application\Spare Key|EventMessageFile') } }
        @{ Name = 'a registry value'; Text = 'Version of HKLM\SOFTWARE\Spare Key is 0.9.0'; Break = { $state.Registry["$product|Version"] = '0.9.0' } }
        @{ Name = 'a file of the program that is missing'; Text = '1 files of the program differ*chunk-1.js*'; Break = { [System.IO.File]::Delete((Get-Part $machine.InstallFolder 'chunk-1.js')) } }
        @{ Name = 'a file of the program that was altered'; Text = '1 files of the program differ*'; Break = { [System.IO.File]::WriteAllText((Get-Part $machine.InstallFolder 'deno'), 'evil') } }
        @{ Name = 'a file of an older program'; Text = '1 files of the program differ*chunk-0.js*'; Break = { [System.IO.File]::WriteAllText((Get-Part $machine.InstallFolder 'chunk-0.js'), 'old') } }
        @{ Name = 'the whole program'; Text = 'program folder*is missing'; Break = { [System.IO.Directory]::Delete($machine.InstallFolder, $true) } }
        @{ Name = 'rights of the data folder'; Text = 'rights of*S-1-5-32-545 may read it'; Break = { Set-FakeSddl -Path $machine.DataFolder -Sddl ($closed + '(A;OICI;FR;;;BU)') } }
        @{ Name = 'rights of the program folder'; Text = 'rights of*S-1-1-0 may change it'; Break = { Set-FakeSddl -Path $machine.InstallFolder -Sddl ($closed + '(A;OICI;0x1200a9;;;BU)(A;;FA;;;WD)') } }
        @{ Name = 'a folder in the data folder'; Text = 'folder*logs*is missing'; Break = { [System.IO.Directory]::Delete((Get-Part $machine.DataFolder 'logs'), $true) } }
        @{ Name = 'the archive key'; Text = 'there is no key for the archive'; Break = { [System.IO.File]::Delete((Get-Part $machine.DataFolder 'secrets', 'archiveKey.bin')) } }
    ) {
        . $Break
        $before = (Get-Tree -Path $machine.InstallFolder) + (Get-Tree -Path $machine.DataFolder)
        $found = @(Test-SpareKeyInstallation @machine)
        (Get-Tree -Path $machine.InstallFolder) + (Get-Tree -Path $machine.DataFolder) | Should -BeExactly $before
        @($found.Text) -like $Text | Should -Not -BeNullOrEmpty -Because ([string]::Join('; ', @($found.Text)))
        @((Install-Whole -Machine $machine).Changes) -like $Text | Should -Not -BeNullOrEmpty
        $state.Tasks[$nightly] | Should -Not -Match '<Enabled>false'
    }

    It 'is gone after that' {
        @(Test-SpareKeyInstallation @machine | ForEach-Object -MemberName Text) | Should -Be @()
    }

    It 'is not started by the look that finds it' {
        $main = Get-Part $machine.InstallFolder 'main.js'
        $whole = [System.IO.File]::ReadAllText($main)
        [System.IO.File]::WriteAllText($main, 'Deno.exit(77)')
        try {
            @(Test-SpareKeyInstallation @machine | ForEach-Object -MemberName Part) | Should -Be @('program')
        } finally {
            [System.IO.File]::WriteAllText($main, $whole)
        }
        Set-FakeSddl -Path $machine.DataFolder -Sddl ($closed + '(A;;FA;;;WD)')
        try {
            Mock -ModuleName SpareKey -CommandName Invoke-Question -MockWith { throw 'started in a folder of others' }
            @(Test-SpareKeyInstallation @machine | ForEach-Object -MemberName Part | Select-Object -Unique) | Should -Be @('data', 'task')
        } finally {
            Set-FakeSddl -Path $machine.DataFolder -Sddl $closed
        }
    }

    It 'is found by the kept copy where Task Scheduler says nothing' {
        Set-WindowsBehaviour -Silent
        @(Test-SpareKeyInstallation @machine).Count | Should -Be 0
        [System.IO.File]::WriteAllText((Get-Part $machine.DataFolder 'settings.json'), '{"schedule":{"at":"05:30"}}')
        @(Test-SpareKeyInstallation @machine | ForEach-Object -MemberName Part) | Should -Be @('task')
    }

    It 'is found in a half-removed installation, too' {
        $null = Uninstall-SpareKey
        [void][System.IO.Directory]::CreateDirectory($machine.InstallFolder)
        [System.IO.File]::WriteAllText((Get-Part $machine.InstallFolder 'main.js'), 'half')
        $null = Install-Whole -Machine $machine
        @(Test-SpareKeyInstallation @machine).Count | Should -Be 0
    }

    It 'is only told with -WhatIf' {
        $state.Tasks.Remove($nightly)
        [System.IO.File]::Delete((Get-Part $machine.InstallFolder 'chunk-1.js'))
        $told = Install-SpareKey @machine -WhatIf
        $told.ExitCode | Should -Be 0
        $told.Changes.Count | Should -Be 2
        $state.Tasks.Count | Should -Be 0
        @([System.IO.Directory]::GetFileSystemEntries([System.IO.Path]::GetDirectoryName($machine.InstallFolder))) | Should -Be @($machine.InstallFolder)
    }
}

Describe 'An update' {
    BeforeAll {
        $machine = New-Machine
        $null = Install-Whole -Machine $machine
        $state = Get-WindowsState
        $settings = Get-Part $machine.DataFolder 'settings.json'
        [System.IO.File]::WriteAllText($settings, '{ "mine": 1 }')
        $key = [System.IO.File]::ReadAllText((Get-Part $machine.DataFolder 'secrets', 'archiveKey.bin'))
        [System.IO.File]::WriteAllText((Get-Part $machine.Source 'chunk-2.js'), 'new')
        [System.IO.File]::Delete((Get-Part $machine.Source 'chunk-1.js'))
        $state.Registry["$product|Version"] = '0.9.0'
        $state.Calls.Clear()
        $setup = Install-Whole -Machine $machine
    }

    It 'replaces the program as a whole' {
        [System.IO.File]::Exists((Get-Part $machine.InstallFolder 'chunk-2.js')) | Should -BeTrue
        [System.IO.File]::Exists((Get-Part $machine.InstallFolder 'chunk-1.js')) | Should -BeFalse
        $state.Registry["$product|Version"] | Should -BeExactly ([string](Get-Module -Name SpareKey).Version)
    }

    It 'disables the task and ends its run before, and enables it after' {
        $orders = @($state.Calls | Where-Object -FilterScript { $_ -notlike '/Query*' })
        $orders | Should -Be @("/Change /TN $nightly", "/End /TN $nightly", "/Create /TN $nightly")
        $state.Tasks[$nightly] | Should -Not -Match '<Enabled>false'
    }

    It 'keeps settings and secrets' {
        [System.IO.File]::ReadAllText($settings) | Should -BeExactly '{ "mine": 1 }'
        [System.IO.File]::ReadAllText((Get-Part $machine.DataFolder 'secrets', 'archiveKey.bin')) | Should -BeExactly $key
    }

    It 'is refused from a newer version, unless forced' {
        $state.Registry["$product|Version"] = '99.0.0'
        $refused = Install-SpareKey @machine
        $refused.ExitCode | Should -Be 2
        $refused.Error | Should -Match '99\.0\.0 is installed'
        $refused.Changes | Should -Be @()
        $state.Registry["$product|Version"] | Should -BeExactly '99.0.0'
        (Install-Whole -Machine $machine -More @{ Force = $true }).Changes.Count | Should -Be 1
    }

    It 'goes back to the former program when the new one cannot be put there' {
        [System.IO.File]::WriteAllText((Get-Part $machine.Source 'chunk-3.js'), 'newer')
        $before = Get-Tree -Path $machine.InstallFolder
        Mock -ModuleName SpareKey -CommandName Move-Folder -MockWith {
            if ($Path -like '*program') {
                throw 'the disk is gone'
            }
            [System.IO.Directory]::Move($Path, $Destination)
        }
        $failed = Install-SpareKey @machine
        $failed.ExitCode | Should -Be 1
        $failed.Error | Should -BeExactly 'the disk is gone'
        Get-Tree -Path $machine.InstallFolder | Should -BeExactly $before
    }
}
