BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Use-FakeWindows.ps1'))
}

AfterAll {
    Remove-Module -Name SetupKit, InstallKit
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
