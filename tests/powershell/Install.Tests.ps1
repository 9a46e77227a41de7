BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'SetupKit.psm1')) -Force -Global
    Import-TestModule
    $closed = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
    $user = 'S-1-5-21-1-2-3-1001'
    $product = 'SOFTWARE\Spare Key'
    $nightly = '\Spare Key\Nightly'

    Mock -ModuleName SpareKey -CommandName Assert-Machine -MockWith { }
    Mock -ModuleName SpareKey -CommandName Invoke-WindowsTool -MockWith { Invoke-FakeTool -Name $Name -Argument $Argument }
    Mock -ModuleName SpareKey -CommandName Read-FolderSddl -MockWith { Get-FakeSddl -Path $Path }
    Mock -ModuleName SpareKey -CommandName Set-FolderSddl -MockWith { Set-FakeSddl -Path $Path -Sddl $Sddl }
    Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith { Get-FakeRegistry -Path $Path -Name $Name }
    Mock -ModuleName SpareKey -CommandName Set-RegistryText -MockWith { Set-FakeRegistry -Path $Path -Name $Name -Value $Value }
    Mock -ModuleName SpareKey -CommandName Remove-RegistryKey -MockWith { Remove-FakeRegistry -Path $Path }
    Mock -ModuleName SpareKey -CommandName Get-OwnSid -MockWith { 'S-1-5-18' }
    Mock -ModuleName SpareKey -CommandName Remove-TaskFolder -MockWith { }
    Mock -ModuleName SpareKey -CommandName Test-ScriptPolicy -MockWith { }
    Mock -ModuleName SpareKey -CommandName Get-ProgramPlace -MockWith {
        @{ DenoPath = Get-DenoPath; ProgramPath = [System.IO.Path]::Combine($Folder, 'main.js'); DataFolder = $DataFolder }
    }
    Mock -ModuleName SpareKey -CommandName Get-OneDriveFolder -MockWith { @{ Sid = $User; SignedIn = $true; Linked = $true; Folder = $null; Error = $null } }
    Mock -ModuleName SpareKey -CommandName New-ArchiveKey -MockWith {
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($DataFolder, 'secrets', 'archiveKey.bin'), [System.Guid]::NewGuid().ToString())
    }

    function New-Machine {
        # A release that was unpacked, and places that do not exist yet.
        Reset-Windows
        $below = [System.IO.Path]::Combine($TestDrive, [System.Guid]::NewGuid().ToString('N').Substring(0, 8))
        $source = [System.IO.Path]::Combine($below, 'Entpackt ' + [char]0xFC)
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($source, 'SpareKey', 'Private'))
        foreach ($name in 'deno', 'Invoke-SpareKey.ps1', 'SpareKey/SpareKey.psd1', 'SpareKey/Private/Get-A.ps1', 'LICENSE', 'chunk-1.js') {
            [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, $name), "content of $name")
        }
        [System.IO.File]::Copy((Get-RepositoryPath tests testdata powershell setup.js), [System.IO.Path]::Combine($source, 'main.js'))
        # What else may lie in a folder of downloads.
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, 'holiday.jpg'), 'x')
        foreach ($name in 'Program Files', 'ProgramData') {
            [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($below, $name))
        }
        return @{
            Source        = $source
            InstallFolder = [System.IO.Path]::Combine($below, 'Program Files', 'Spare Key')
            DataFolder    = [System.IO.Path]::Combine($below, 'ProgramData', 'Spare Key')
        }
    }

    function Install-Whole {
        param([hashtable] $Machine, [hashtable] $More = @{})
        $setup = Install-SpareKey @Machine @More
        $setup.Error | Should -BeNullOrEmpty
        $setup.ExitCode | Should -Be 0
        return $setup
    }

    function Get-Tree {
        # Every file below a folder, with its content.
        param([string] $Path)
        if (-not [System.IO.Directory]::Exists($Path)) {
            return ''
        }
        # Deno's cache aside: it is written at every start.
        $files = [System.IO.Directory]::GetFiles($Path, '*', [System.IO.SearchOption]::AllDirectories) -notlike '*/deno/*'
        $lines = foreach ($file in $files) {
            $file.Substring($Path.Length) + ' ' + [System.Convert]::ToBase64String([System.IO.File]::ReadAllBytes($file))
        }
        return [string]::Join("`n", @($lines | Sort-Object))
    }

    function Get-Part {
        param([string] $First, [string[]] $Rest)
        return [System.IO.Path]::Combine([string[]](@($First) + $Rest))
    }
}

AfterAll {
    Remove-Module -Name SetupKit
}

Describe 'The rights of folders' {
    It 'are those of SYSTEM and administrators, and of one more who may read' {
        InModuleScope -ModuleName SpareKey -ScriptBlock {
            $closed = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
            Get-FolderSddl -Name 'Data' | Should -BeExactly $closed
            Get-FolderSddl -Name 'Secrets' | Should -BeExactly $closed
            Get-FolderSddl -Name 'Program' | Should -BeExactly ($closed + '(A;OICI;0x1200a9;;;BU)')
            Get-FolderSddl -Name 'Pickup' -Sid 'S-1-12-1-1-2-3-4' | Should -BeExactly ($closed + '(A;OICI;0x1200a9;;;S-1-12-1-1-2-3-4)')
            { Get-FolderSddl -Name 'Pickup' } | Should -Throw
            { Get-FolderSddl -Name 'Pickup' -Sid 'BU' } | Should -Throw
        }
    }

    It 'are judged: <Sddl> is <Kinds>' -ForEach @(
        @{ Sddl = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'; Kinds = @() }
        @{ Sddl = 'O:SYG:SYD:P(A;OICI;0x1f01ff;;;S-1-5-18)(A;OICI;FA;;;S-1-5-32-544)'; Kinds = @() }
        @{ Sddl = 'O:BAD:PAI(A;OICI;FA;;;BA)(A;;FR;;;SY)(A;OICI;FA;;;SY)'; Kinds = @() }
        @{ Sddl = 'O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'; Kinds = @() }
        @{ Sddl = 'O:BAG:BAD:PAI(D;OICI;FA;;;WD)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'; Kinds = @() }
        @{ Sddl = 'O:S-1-5-21-1-2-3-1001D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'; Kinds = @('owner') }
        @{ Sddl = 'O:BUD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'; Kinds = @('owner') }
        @{ Sddl = 'O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)'; Kinds = @('read') }
        @{ Sddl = 'O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;GRGX;;;WD)'; Kinds = @('read') }
        @{ Sddl = 'O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;CI;DCLCRPCR;;;BU)'; Kinds = @('write') }
        @{ Sddl = 'O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICIIO;GA;;;CO)'; Kinds = @('write') }
        @{ Sddl = 'O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;;WD;;;BU)'; Kinds = @('write') }
        @{ Sddl = 'O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;;4;;;AU)'; Kinds = @('write') }
        @{ Sddl = 'O:BAD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)'; Kinds = @('inherits') }
        @{ Sddl = 'O:BAD:PAI(A;OICI;FA;;;BA)'; Kinds = @('missing') }
        @{ Sddl = 'O:BAD:PAI(D;OICI;FA;;;SY)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'; Kinds = @('missing') }
        @{ Sddl = 'O:BAD:PAI(A;OICI;FR;;;SY)(A;OICI;FA;;;BA)'; Kinds = @('missing') }
        @{ Sddl = 'O:BAD:NO_ACCESS_CONTROL'; Kinds = @('write') }
        @{ Sddl = 'O:BAD:PAI(XA;OICI;FA;;;WD;(@USER.a == "b"))(A;OICI;FA;;;SY)'; Kinds = @('write') }
        @{ Sddl = 'O:BA'; Kinds = @('write') }
        @{ Sddl = ''; Kinds = @('write') }
        @{ Sddl = 'D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'; Kinds = @('write') }
    ) {
        $found = InModuleScope -ModuleName SpareKey -Parameters @{ Sddl = $Sddl } -ScriptBlock {
            foreach ($problem in @(Get-SddlProblem -Sddl $Sddl -Wanted (Get-FolderSddl -Name 'Data'))) { $problem['Kind'] }
        }
        @($found) | Should -Be $Kinds
    }

    It 'of a program folder let users read' {
        InModuleScope -ModuleName SpareKey -ScriptBlock {
            $wanted = Get-FolderSddl -Name 'Program'
            @(Get-SddlProblem -Sddl $wanted -Wanted $wanted).Count | Should -Be 0
            @(Get-SddlProblem -Sddl $wanted.Replace('0x1200a9', '0x1301bf') -Wanted $wanted)[0]['Kind'] | Should -BeExactly 'write'
        }
    }
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

Describe 'A data folder that somebody made before' {
    BeforeEach {
        $machine = New-Machine
        $above = [System.IO.Path]::GetDirectoryName($machine.DataFolder)
    }

    It 'is set aside when a user owns it' {
        [void][System.IO.Directory]::CreateDirectory($machine.DataFolder)
        [System.IO.File]::WriteAllText((Get-Part $machine.DataFolder 'settings.json'), '{"destinations":[]}')
        Set-FakeSddl -Path $machine.DataFolder -Sddl "O:${user}D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
        $setup = Install-Whole -Machine $machine
        @($setup.Changes) -like "refused: *it belongs to $user" | Should -Not -BeNullOrEmpty
        [System.IO.File]::Exists((Get-Part $machine.DataFolder 'settings.json')) | Should -BeFalse
        $aside = @([System.IO.Directory]::GetDirectories($above, 'Spare Key.refused-*'))
        $aside.Count | Should -Be 1
        [System.IO.File]::ReadAllText((Get-Part $aside[0] 'settings.json')) | Should -BeExactly '{"destinations":[]}'
    }

    It 'is set aside, not followed, when it is a link' {
        $elsewhere = Get-Part $above 'elsewhere'
        [void][System.IO.Directory]::CreateDirectory($elsewhere)
        [void][System.IO.Directory]::CreateSymbolicLink($machine.DataFolder, $elsewhere)
        $setup = Install-Whole -Machine $machine
        @($setup.Changes) -like 'refused: *is a link that somebody put there' | Should -Not -BeNullOrEmpty
        [System.IO.Directory]::GetFileSystemEntries($elsewhere).Count | Should -Be 0
        ([System.IO.File]::GetAttributes($machine.DataFolder) -band [System.IO.FileAttributes]::ReparsePoint) | Should -Be 0
        @([System.IO.Directory]::GetDirectories($above, 'Spare Key.refused-*')).Count | Should -Be 1
    }

    It 'is set aside when it is a file' {
        [System.IO.File]::WriteAllText($machine.DataFolder, 'in the way')
        @((Install-Whole -Machine $machine).Changes) -like 'refused: *is a file that somebody put there' | Should -Not -BeNullOrEmpty
        [System.IO.File]::ReadAllText(@([System.IO.Directory]::GetFiles($above, 'Spare Key.refused-*'))[0]) | Should -BeExactly 'in the way'
    }

    It 'of administrators is kept, but what others put into it is set aside' {
        foreach ($name in 'secrets', 'state/archive/pc') {
            [void][System.IO.Directory]::CreateDirectory((Get-Part $machine.DataFolder $name))
        }
        $planted = Get-Part $machine.DataFolder 'settings.json'
        $deep = Get-Part $machine.DataFolder 'state', 'archive', 'pc', 'x.age'
        $good = Get-Part $machine.DataFolder 'state', 'archive', 'pc', 'y.age'
        foreach ($file in $planted, $deep, $good) {
            [System.IO.File]::WriteAllText($file, 'x')
        }
        [void][System.IO.File]::CreateSymbolicLink((Get-Part $machine.DataFolder 'state', 'ledger.db'), '/etc/hostname')
        $rights = (Get-WindowsState).Rights
        $rights[$machine.DataFolder] = 'O:BAG:BAD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)'
        $rights[$planted] = "O:${user}D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;$user)"
        $rights[$deep] = $rights[$planted]
        $setup = Install-Whole -Machine $machine
        @($setup.Changes | Where-Object -FilterScript { $_ -like 'refused:*' }).Count | Should -Be 3
        [System.IO.File]::Exists($good) | Should -BeTrue
        foreach ($gone in $planted, $deep, (Get-Part $machine.DataFolder 'state', 'ledger.db')) {
            [System.IO.File]::Exists($gone) | Should -BeFalse -Because $gone
        }
        [System.IO.Directory]::GetFiles((Get-Part $machine.DataFolder 'state', 'archive', 'pc'), 'x.age.refused-*').Count | Should -Be 1
        Get-FakeSddl -Path $machine.DataFolder | Should -BeExactly $closed
    }

    It 'that comes in between is never taken' {
        Mock -ModuleName SpareKey -CommandName Set-FolderSddl -ParameterFilter { ($Path -like '*.setup-*') -and ($Path.Length -gt $machine.InstallFolder.Length + 20) } -MockWith {
            Set-FakeSddl -Path $Path -Sddl $Sddl
            if ($Sddl -notlike '*BU)') {
                [void][System.IO.Directory]::CreateDirectory($machine.DataFolder)
            }
        }
        $setup = Install-SpareKey @machine
        $setup.ExitCode | Should -Be 3
        $setup.Error | Should -Match '^Cannot move '
        [System.IO.Directory]::GetFileSystemEntries($machine.DataFolder).Count | Should -Be 0
    }
}

Describe 'Settings at installation' {
    BeforeEach {
        $machine = New-Machine
        $file = Get-Part $machine.DataFolder 'settings.json'
        $given = Get-Part $machine.Source '..', 'given.json'
    }

    It 'come from a file, byte for byte' {
        [System.IO.File]::WriteAllText($given, "{`n  ""x"": 1 }")
        $null = Install-Whole -Machine $machine -More @{ SettingsFile = $given }
        [System.IO.File]::ReadAllText($file) | Should -BeExactly "{`n  ""x"": 1 }"
        (Install-Whole -Machine $machine -More @{ SettingsFile = $given }).Changes | Should -Be @()
    }

    It 'come from parameters, as an installer passes them' {
        $more = @{
            MailTo = @('tom@example.org, eva@example.org'); SmtpHost = 'smtp.example.org'; SmtpFrom = 'pc@example.org'; SharePath = ''
            OneDriveUser = 'S-1-5-21-1-2-3-1001'; Recipients = @('age1a;age1b'); SettingsFile = ''
        }
        $null = Install-Whole -Machine $machine -More $more
        $read = [System.IO.File]::ReadAllText($file) | ConvertFrom-Json -AsHashtable
        @($read.destinations.kind) | Should -Be @('mail', 'onedrive')
        @($read.destinations.name) | Should -Be @('mail', 'onedrive')
        $read.destinations[0].to | Should -Be @('tom@example.org', 'eva@example.org')
        $read.destinations[1].user | Should -BeExactly $user
        $read.smtp.Count | Should -Be 2
        $read.smtp.host | Should -BeExactly 'smtp.example.org'
        $read.recipients | Should -Be @('age1a', 'age1b')
        @((Get-WindowsState).Tasks.Keys | Sort-Object) | Should -Be @($nightly, "\Spare Key\OneDrive $user")
    }

    It 'name a user of OneDrive, whose SID is asked for' {
        Mock -ModuleName SpareKey -CommandName Resolve-UserName -MockWith { 'S-1-12-1-5-6-7-8' } -ParameterFilter { $Name -eq 'AzureAD\anna' }
        $null = Install-Whole -Machine $machine -More @{ OneDriveUser = 'AzureAD\anna' }
        ([System.IO.File]::ReadAllText($file) | ConvertFrom-Json).destinations[0].user | Should -BeExactly 'S-1-12-1-5-6-7-8'
        Mock -ModuleName SpareKey -CommandName Resolve-UserName -MockWith { throw 'no such user' }
        $refused = Install-SpareKey @machine -OneDriveUser 'nobody' -Force
        $refused.ExitCode | Should -Be 10
        $refused.Error | Should -BeExactly 'Cannot find the user "nobody": no such user'
    }

    It 'that nobody wants any more take their task away' {
        $null = Install-Whole -Machine $machine -More @{ OneDriveUser = $user }
        [System.IO.File]::WriteAllText($file, '{}')
        @((Install-Whole -Machine $machine).Changes) | Should -Be @("the task ""\Spare Key\OneDrive $user"" is no longer wanted")
        @((Get-WindowsState).Tasks.Keys) | Should -Be @($nightly)
        (Install-Whole -Machine $machine).Changes | Should -Be @()
    }

    It 'are refused by the program before anything is changed' {
        [System.IO.File]::WriteAllText($given, '{"destination":[]}')
        $refused = Install-SpareKey @machine -SettingsFile $given
        $refused.ExitCode | Should -Be 10
        $refused.Error | Should -Match '"destination" is unknown \(Did you mean'
        $refused.Changes | Should -Be @()
        [System.IO.Directory]::Exists($machine.InstallFolder) | Should -BeFalse
        [System.IO.Directory]::Exists($machine.DataFolder) | Should -BeFalse
        (Get-WindowsState).Registry.Count | Should -Be 0
    }

    It 'that are there stay, unless forced' {
        $null = Install-Whole -Machine $machine
        [System.IO.File]::WriteAllText($file, '{ "mine": 1 }')
        [System.IO.File]::WriteAllText($given, '{ "theirs": 1 }')
        $kept = Install-Whole -Machine $machine -More @{ SettingsFile = $given }
        $kept.Changes | Should -Be @()
        @($kept.Remarks) -like '*were kept*' | Should -Not -BeNullOrEmpty
        [System.IO.File]::ReadAllText($file) | Should -BeExactly '{ "mine": 1 }'
        $null = Install-Whole -Machine $machine -More @{ SettingsFile = $given; Force = $true }
        [System.IO.File]::ReadAllText($file) | Should -BeExactly '{ "theirs": 1 }'
        [System.IO.File]::ReadAllText((Get-Part $machine.DataFolder 'settings.former.json')) | Should -BeExactly '{ "mine": 1 }'
    }

    It 'come from one place' {
        (Install-SpareKey @machine -SettingsFile $given -MailTo 'a@example.org').ExitCode | Should -Be 2
        (Install-SpareKey @machine -SettingsFile (Get-Part $machine.Source 'none.json')).ExitCode | Should -Be 10
    }
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

Describe 'Removal' {
    BeforeEach {
        $machine = New-Machine
        $null = Install-Whole -Machine $machine -More @{ OneDriveUser = $user }
        $state = Get-WindowsState
        foreach ($name in 'ledger.db', 'state/ledger.db', 'state/ledger.damaged-1.db', 'state/spare-key.log', 'state/archive/pc/a.age', 'secrets/smtpPassword.bin', 'secrets/share-office.bin', "pickup/$user/a.TXT", 'permissions/permissions-0.json', 'templates/sheet.html', 'onedrive.json', 'logs/last-failure.txt') {
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

Describe 'The data folder before every run' {
    BeforeAll {
        $data = Get-Part $TestDrive 'Data'
        [void][System.IO.Directory]::CreateDirectory((Get-Part $data 'secrets'))
        Mock -ModuleName SpareKey -CommandName Test-Windows -MockWith { $true }
    }

    BeforeEach {
        Reset-Windows
        Set-FakeSddl -Path $data -Sddl $closed
    }

    It 'is taken when it is closed' {
        $before = [System.IO.File]::GetLastWriteTimeUtc((Get-Part $data '.sddl'))
        InModuleScope -ModuleName SpareKey -Parameters @{ Data = $data } -ScriptBlock { Repair-FolderAccess -DataFolder $Data }
        [System.IO.File]::GetLastWriteTimeUtc((Get-Part $data '.sddl')) | Should -Be $before
        [System.IO.File]::Exists((Get-Part $data 'secrets', '.sddl')) | Should -BeFalse -Because 'that one may inherit'
    }

    It 'is closed again when <Name>' -ForEach @(
        @{ Name = 'users may read it'; Rule = '(A;OICI;FR;;;BU)' }
        @{ Name = 'SYSTEM shall not'; Rule = '(D;OICI;FR;;;SY)' }
        @{ Name = 'whoever makes a file gets rights on it'; Rule = '(A;OICIIO;FA;;;CO)' }
    ) {
        Set-FakeSddl -Path $data -Sddl ($closed + $Rule)
        InModuleScope -ModuleName SpareKey -Parameters @{ Data = $data } -ScriptBlock { Repair-FolderAccess -DataFolder $Data -WarningAction SilentlyContinue }
        Get-FakeSddl -Path $data | Should -BeExactly $closed
    }

    It 'has its folder of secrets closed again, too' {
        (Get-WindowsState).Rights[(Get-Part $data 'secrets')] = $closed + '(A;OICI;FR;;;BU)'
        InModuleScope -ModuleName SpareKey -Parameters @{ Data = $data } -ScriptBlock { Repair-FolderAccess -DataFolder $Data -WarningAction SilentlyContinue }
        Get-FakeSddl -Path (Get-Part $data 'secrets') | Should -BeExactly $closed
        [System.IO.File]::Delete((Get-Part $data 'secrets', '.sddl'))
    }
}
