BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Use-FakeHive.ps1'))

    function Find-Folder {
        param([string] $User, [string] $Data)
        InModuleScope -ModuleName SpareKey -Parameters @{ User = $User; Data = $Data } -ScriptBlock { Get-OneDriveFolder -User $User -DataFolder $Data }
    }
}

AfterAll {
    Remove-Module -Name CarryKit, OneDriveKit
}

Describe 'A path that a user''s registry names' {
    It 'is <Verdict>: <Folder>' -ForEach @(
        @{ Folder = 'C:\Users\Anna\OneDrive'; Verdict = 'taken' }
        @{ Folder = 'C:\Users\Anna\OneDrive\'; Verdict = 'taken' }
        @{ Folder = 'c:\users\ANNA\OneDrive - Firma GmbH & Co'; Verdict = 'taken' }
        @{ Folder = ('C:\Users\Anna\' + [char]0xDC + 'ber ' + [char]0x8CC7); Verdict = 'taken' }
        @{ Folder = '\\evil\share\OneDrive'; Verdict = 'refused' }
        @{ Folder = '\\?\C:\Users\Anna\OneDrive'; Verdict = 'refused' }
        @{ Folder = '\\?\UNC\evil\share'; Verdict = 'refused' }
        @{ Folder = '\\.\C:\Users\Anna\OneDrive'; Verdict = 'refused' }
        @{ Folder = '//evil/share'; Verdict = 'refused' }
        @{ Folder = 'C:/Users/Anna/OneDrive'; Verdict = 'refused' }
        @{ Folder = 'C:\Users\Anna\..\Bob\OneDrive'; Verdict = 'refused' }
        @{ Folder = 'C:\Users\Anna\.\OneDrive'; Verdict = 'refused' }
        @{ Folder = 'C:\Users\Anna\x \OneDrive'; Verdict = 'refused' }
        @{ Folder = 'C:\Users\Anna\x.\OneDrive'; Verdict = 'refused' }
        @{ Folder = 'C:\Users\Anna\\evil'; Verdict = 'refused' }
        @{ Folder = 'C:\Users\Anna\One:Drive'; Verdict = 'refused' }
        @{ Folder = "C:\Users\Anna\One`tDrive"; Verdict = 'refused' }
        @{ Folder = 'C:\Users\Anna'; Verdict = 'refused' }
        @{ Folder = 'C:\Users\Annabel\OneDrive'; Verdict = 'refused' }
        @{ Folder = 'D:\OneDrive'; Verdict = 'refused' }
        @{ Folder = 'C:OneDrive'; Verdict = 'refused' }
        @{ Folder = 'OneDrive'; Verdict = 'refused' }
        @{ Folder = ' '; Verdict = 'refused' }
    ) {
        $reason = InModuleScope -ModuleName SpareKey -Parameters @{ Folder = $Folder } -ScriptBlock { Get-PathRefusal -Folder $Folder -ProfileFolder 'C:\Users\Anna' }
        [string]::IsNullOrEmpty($reason) | Should -Be ($Verdict -eq 'taken') -Because $reason
    }

    It 'is refused without a profile, and with one on a server' {
        foreach ($profileFolder in '', '\\srv\profiles\Anna') {
            InModuleScope -ModuleName SpareKey -Parameters @{ Profile = $profileFolder } -ScriptBlock { Get-PathRefusal -Folder 'C:\Users\Anna\OneDrive' -ProfileFolder $Profile } |
                Should -Not -BeNullOrEmpty
        }
    }

    # Wine makes no links.
    if (-not $IsWindows) {
        It 'is refused where a part of it is a link, alive or dead; other reparse points have no kind' {
            $root = New-Folder
            $real = New-Folder -Name 'elsewhere'
            [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($root, 'OneDrive', 'Spare Key'))
            $null = New-Item -ItemType SymbolicLink -Path ([System.IO.Path]::Combine($root, 'link')) -Target $real
            $null = New-Item -ItemType SymbolicLink -Path ([System.IO.Path]::Combine($root, 'dead')) -Target ([System.IO.Path]::Combine($real, 'no such'))
            foreach ($case in @{ Path = 'OneDrive/Spare Key/not there'; Link = $null }, @{ Path = 'link/Spare Key'; Link = 'link' }, @{ Path = 'dead'; Link = 'dead' }) {
                $found = InModuleScope -ModuleName SpareKey -Parameters @{ Root = $root; Path = [System.IO.Path]::Combine($root, $case.Path) } -ScriptBlock { Find-Link -Path $Path -Below $Root }
                if ($null -eq $case.Link) {
                    $found | Should -BeNullOrEmpty
                } else {
                    $found | Should -BeExactly ([System.IO.Path]::Combine($root, $case.Link))
                }
            }
            # A link above is the machine's affair.
            InModuleScope -ModuleName SpareKey -Parameters @{ Path = [System.IO.Path]::Combine($root, 'link', 'x'); Root = [System.IO.Path]::Combine($root, 'link') } -ScriptBlock { Find-Link -Path $Path -Below $Root } |
                Should -BeNullOrEmpty
        }
    }
}

Describe 'The OneDrive folder of a user' {
    BeforeEach {
        $script:Hives = @{}
        $script:Profiles = @{ $anna = 'C:\Users\Anna'; $bob = 'C:\Users\Bob' }
        $data = New-Folder -Name 'data'
    }

    It 'is that of a work account before the personal one, the first of several' {
        $script:Hives[$anna] = [ordered]@{ Personal = 'C:\Users\Anna\OneDrive'; Business2 = 'C:\Users\Anna\OneDrive - B'; Business1 = 'C:\Users\Anna\OneDrive - A'; Other = 'C:\Users\Anna\x' }
        $found = Find-Folder -User $anna -Data $data
        $found.Folder | Should -BeExactly 'C:\Users\Anna\OneDrive - A'
        $found.Account | Should -BeExactly 'Business1'
        $found.SignedIn | Should -BeTrue
        $found.Linked | Should -BeTrue
        $found.Error | Should -BeNull
    }

    It 'is remembered for when he is not signed in, and follows a move while he is' {
        $script:Hives[$anna] = [ordered]@{ Personal = 'C:\Users\Anna\OneDrive' }
        $null = Find-Folder -User $anna -Data $data
        $script:Hives[$anna] = [ordered]@{ Personal = 'C:\Users\Anna\Moved\OneDrive' }
        $null = Find-Folder -User $anna -Data $data
        $script:Hives = @{}
        $found = Find-Folder -User $anna -Data $data
        $found.Folder | Should -BeExactly 'C:\Users\Anna\Moved\OneDrive'
        $found.SignedIn | Should -BeFalse
        $found.Linked | Should -BeNull
    }

    It 'stays that of the account it was, while that is linked' {
        $script:Hives[$anna] = [ordered]@{ Personal = 'C:\Users\Anna\OneDrive' }
        $null = Find-Folder -User $anna -Data $data
        $script:Hives[$anna] = [ordered]@{ Personal = 'C:\Users\Anna\OneDrive'; Business1 = 'C:\Users\Anna\OneDrive - A' }
        (Find-Folder -User $anna -Data $data).Account | Should -BeExactly 'Personal'
        $script:Hives[$anna] = [ordered]@{ Personal = ''; Business1 = 'C:\Users\Anna\OneDrive - A' }
        (Find-Folder -User $anna -Data $data).Account | Should -BeExactly 'Business1'
    }

    It 'is gone when he is signed in and no account is linked: <Name>' -ForEach @(
        @{ Name = 'no key'; Accounts = [ordered]@{} }
        @{ Name = 'a key without a folder'; Accounts = [ordered]@{ Personal = '' } }
    ) {
        $script:Hives[$anna] = [ordered]@{ Personal = 'C:\Users\Anna\OneDrive' }
        $null = Find-Folder -User $anna -Data $data
        $script:Hives[$anna] = $Accounts
        $found = Find-Folder -User $anna -Data $data
        $found.Folder | Should -BeNull
        $found.Linked | Should -BeFalse
        $found.Error | Should -Match 'no OneDrive account'
    }

    It 'is not known before he has ever signed in' {
        $found = Find-Folder -User $anna -Data $data
        $found.Folder | Should -BeNull
        $found.Linked | Should -BeNull
        $found.Error | Should -Match 'signs in'
    }

    It 'is refused outside of his profile, also when remembered, and then not remembered' {
        $script:Hives[$anna] = [ordered]@{ Personal = '\\evil\share' }
        (Find-Folder -User $anna -Data $data).Error | Should -Match 'drive of this PC'
        [System.IO.File]::Exists([System.IO.Path]::Combine($data, 'onedrive.json')) | Should -BeFalse
        $null = Set-File -Path ([System.IO.Path]::Combine($data, 'onedrive.json')) -Text ('{"schema":1,"any":null,"users":{"' + $anna + '":{"account":"Personal","folder":"C:\\Users\\Bob\\OneDrive"}}}')
        $script:Hives = @{}
        $found = Find-Folder -User $anna -Data $data
        $found.Folder | Should -BeNull
        $found.Error | Should -Match 'outside of the profile'
    }

    It 'survives a damaged memory: <_>' -ForEach '', 'x', '[]', '{"users":[]}', '{"users":{"S-1-5-21-1-2-3-1001":"x"}}', '{"users":{"S-1-5-21-1-2-3-1001":{"account":1,"folder":null}}}' {
        $null = Set-File -Path ([System.IO.Path]::Combine($data, 'onedrive.json')) -Text $_
        $script:Hives[$anna] = [ordered]@{ Personal = 'C:\Users\Anna\OneDrive' }
        (Find-Folder -User $anna -Data $data).Folder | Should -BeExactly 'C:\Users\Anna\OneDrive'
        $script:Hives = @{}
        (Find-Folder -User $anna -Data $data).Folder | Should -BeExactly 'C:\Users\Anna\OneDrive'
    }

    It 'is for "any" that of the first by SID who is signed in, and from then on his' {
        (Find-Folder -User 'any' -Data $data).Error | Should -Match 'nobody'
        $script:Hives[$anna] = [ordered]@{ Personal = 'C:\Users\Anna\OneDrive' }
        $script:Hives[$bob] = [ordered]@{ Business1 = 'C:\Users\Bob\OneDrive - A' }
        $found = Find-Folder -User 'any' -Data $data
        $found.Sid | Should -BeExactly $bob
        $script:Hives.Remove($bob)
        $again = Find-Folder -User 'any' -Data $data
        $again.Sid | Should -BeExactly $bob
        $again.SignedIn | Should -BeFalse
        # Bob is signed in and has unlinked his.
        $script:Hives[$bob] = [ordered]@{}
        $last = Find-Folder -User 'any' -Data $data
        $last.Sid | Should -BeExactly $anna
        $last.Folder | Should -BeExactly 'C:\Users\Anna\OneDrive'
        $script:Hives.Remove($anna)
        $script:Hives.Remove($bob)
        (Find-Folder -User 'any' -Data $data).Sid | Should -BeExactly $anna
    }

    It 'is for "any" nobody''s when nobody who is signed in has one' {
        $script:Hives[$bob] = [ordered]@{}
        $found = Find-Folder -User 'any' -Data $data
        $found.Folder | Should -BeNull
        $found.Linked | Should -BeFalse
    }
}
