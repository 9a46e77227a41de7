BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    $anna = 'S-1-5-21-1-2-3-1001'
    $bob = 'S-1-12-1-4-5-6-7'
    $digits = '249425-539187-330363-273262-016346-600963-497299-188144'
    # What the registry answers: hives by SID, each account to folder; profiles by SID.
    $script:Hives = @{}
    $script:Profiles = @{}

    function New-Key {
        # Stands in for a RegistryKey.
        param([string[]] $Sub = @(), [hashtable] $Values = @{})
        $key = [PSCustomObject]@{ Sub = $Sub; Values = $Values }
        $key | Add-Member -MemberType ScriptMethod -Name GetSubKeyNames -Value { $this.Sub }
        $key | Add-Member -MemberType ScriptMethod -Name GetValue -Value { param($name) $this.Values[$name] }
        $key | Add-Member -MemberType ScriptMethod -Name Close -Value {}
        return $key
    }

    function New-Folder {
        param([string] $Name = 'place')
        return [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($TestDrive, "$Name " + [System.Guid]::NewGuid().ToString('N').Substring(0, 8))).FullName
    }

    function Set-File {
        param([string] $Path, [string] $Text)
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($Path))
        [System.IO.File]::WriteAllText($Path, $Text)
        return $Path
    }

    function Find-Folder {
        param([string] $User, [string] $Data)
        InModuleScope -ModuleName SpareKey -Parameters @{ User = $User; Data = $Data } -ScriptBlock { Get-OneDriveFolder -User $User -DataFolder $Data }
    }

    Mock -ModuleName SpareKey -CommandName Open-UserKey -MockWith {
        $asked = [string]$PesterBoundParameters['Path']
        $parts = $asked.Split('\')
        if ($asked.Length -eq 0) {
            return New-Key -Sub (@('.DEFAULT', 'S-1-5-18') + @($script:Hives.Keys) + @($script:Hives.Keys | ForEach-Object -Process { $_ + '_Classes' }))
        }
        if (-not $script:Hives.ContainsKey($parts[0])) {
            return $null
        }
        $accounts = $script:Hives[$parts[0]]
        if ($parts.Count -eq 1) {
            return New-Key
        }
        if ($asked.EndsWith('\Software\Microsoft\OneDrive\Accounts')) {
            if ($accounts.Count -eq 0) {
                return $null
            }
            return New-Key -Sub @($accounts.Keys)
        }
        return New-Key -Values @{ UserFolder = $accounts[$parts[-1]] }
    }
    Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith {
        if ($Name -eq 'ProfileImagePath') {
            return $script:Profiles[$Path.Split('\')[-1]]
        }
        return 'AA11BB22-0000-4000-8000-0123456789AB'
    }
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

Describe 'Reports for OneDrive' {
    BeforeEach {
        # A folder of this machine in the place of C:\Users\Anna: which paths are taken is tested above.
        $profileFolder = New-Folder -Name 'profile'
        $personal = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($profileFolder, 'OneDrive')).FullName
        $script:Profiles = @{ $anna = $profileFolder }
        $script:Hives = @{ $anna = [ordered]@{ Personal = $personal } }
        Mock -ModuleName SpareKey -CommandName Get-PathRefusal -MockWith { $null }
        $name = '2026-11-24 a.TXT'
        $fake = @{
            note = $true
            plan = @{ carried = @(@{ name = 'anna'; kind = 'onedrive'; path = $null; user = $anna; seconds = 20 }) }
            carry = @(@{ destination = 'anna'; folder = 'ANNA-LAPTOP'; name = $name; text = $digits })
            carryAgain = @(@{ destination = 'anna'; folder = 'ANNA-LAPTOP'; name = 'status.json'; text = '{"machineId":"a"}' })
        }
        $place = New-Place -Below $TestDrive -Fake $fake
        $pickup = [System.IO.Path]::Combine($place.DataFolder, 'pickup', $anna)
        $laid = [System.IO.Path]::Combine($pickup, 'ANNA-LAPTOP', $name)
        $arrived = [System.IO.Path]::Combine($personal, 'Spare Key', 'ANNA-LAPTOP', $name)

        function Get-Start {
            return @([System.IO.File]::ReadAllLines([System.IO.Path]::Combine($place.DataFolder, 'state', 'starts.txt')) | ForEach-Object -Process { ConvertFrom-Json -InputObject $_ })
        }
    }

    It 'wait in the pick-up, with the note where to, when he is not signed in; SYSTEM writes nothing into his folder' {
        $null = Invoke-SpareKey @place
        $script:Hives = @{}
        [System.IO.File]::Delete([System.IO.Path]::Combine($place.DataFolder, 'state', 'starts.txt'))
        [System.IO.Directory]::Delete($pickup, $true)
        $run = Invoke-SpareKey @place
        $run.Error | Should -BeNull
        $starts = @(Get-Start)
        $starts[0].listings[0].reachable | Should -BeTrue
        $starts[0].listings[0].linked | Should -BeNull
        $starts[1].receipts[0].outcome | Should -BeExactly 'handed-over'
        $starts[1].receipts[0].error | Should -BeNull
        [System.IO.File]::ReadAllText($laid) | Should -BeExactly $digits
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($pickup, 'target.txt')) | Should -BeExactly $personal
        [System.IO.File]::Exists([System.IO.Path]::Combine($pickup, 'ANNA-LAPTOP', 'status.json')) | Should -BeTrue
        @([System.IO.Directory]::GetFileSystemEntries($personal)).Count | Should -Be 0
    }

    It 'are delivered when his task copies them meanwhile, and leave the pick-up' {
        InModuleScope -ModuleName SpareKey -Parameters @{ Pickup = [System.IO.Directory]::CreateDirectory($pickup).FullName; Personal = $personal; Sid = $anna; Digits = $digits; File = $name } -ScriptBlock {
            $bytes = [System.Text.Encoding]::UTF8.GetBytes($Digits)
            $hash = [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($bytes)).ToLowerInvariant()
            $script:Answer = @{ carry = @([ordered]@{ destination = 'anna'; folder = 'ANNA-LAPTOP'; name = $File; replace = $false; sha256 = $hash; contentBase64 = [System.Convert]::ToBase64String($bytes) }) }
            Mock -CommandName Start-PickupTask -MockWith {
                # As the user's task does.
                $to = [System.IO.Path]::Combine($Personal, 'Spare Key', 'ANNA-LAPTOP')
                [void][System.IO.Directory]::CreateDirectory($to)
                [System.IO.File]::Copy([System.IO.Path]::Combine($Pickup, 'ANNA-LAPTOP', $File), [System.IO.Path]::Combine($to, $File))
                return $true
            }
            $root = [System.IO.Path]::Combine($Personal, 'Spare Key')
            $result = Send-PickupReport -Destination 'anna' -Pickup $Pickup -Personal $Personal -Root $root -Sid $Sid -SignedIn $true -Seconds 20
            $result.Receipts.Count | Should -Be 1
            $result.Receipts[0].outcome | Should -BeExactly 'delivered'
            $result.Problems.Count | Should -Be 0
            Should -Invoke -CommandName Start-PickupTask -Times 1 -Exactly -ParameterFilter { $Sid -eq 'S-1-5-21-1-2-3-1001' }
        }
        [System.IO.File]::ReadAllText($arrived) | Should -BeExactly $digits
        [System.IO.File]::Exists($laid) | Should -BeFalse
    }

    It 'are handed over when his task cannot be started or does not copy in time: <Started>' -ForEach @(
        @{ Started = $true; Problems = 0 }
        @{ Started = $false; Problems = 1 }
    ) {
        InModuleScope -ModuleName SpareKey -Parameters @{ Pickup = [System.IO.Directory]::CreateDirectory($pickup).FullName; Personal = $personal; Sid = $anna; Started = $Started; Problems = $Problems } -ScriptBlock {
            $script:Answer = @{ carry = @([ordered]@{ destination = 'anna'; folder = 'A'; name = 'a'; replace = $false; sha256 = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'; contentBase64 = 'YQ==' }) }
            Mock -CommandName Start-PickupTask -MockWith { $Started }
            $result = Send-PickupReport -Destination 'anna' -Pickup $Pickup -Personal $Personal -Root ([System.IO.Path]::Combine($Personal, 'Spare Key')) -Sid $Sid -SignedIn $true -Seconds 1
            $result.Receipts[0].outcome | Should -BeExactly 'handed-over'
            $result.Receipts[0].error | Should -BeNull
            $result.Problems.Count | Should -Be $Problems
        }
    }

    It 'do not wait behind other content of the name' {
        $null = Set-File -Path $arrived -Text 'other'
        $null = Invoke-SpareKey @place
        $receipt = @(Get-Start)[1].receipts[0]
        $receipt.outcome | Should -BeExactly 'pending'
        $receipt.error | Should -BeExactly 'other content has the name'
        [System.IO.File]::Exists($laid) | Should -BeFalse
        [System.IO.File]::ReadAllText($arrived) | Should -BeExactly 'other'
    }

    It 'leave the pick-up on a later night, when they are seen: <Name>' -ForEach @(
        @{ Name = 'the same'; Text = '249425-539187-330363-273262-016346-600963-497299-188144'; Stays = $false }
        @{ Name = 'of the same size'; Text = '000000-539187-330363-273262-016346-600963-497299-188144'; Stays = $true }
        @{ Name = 'half'; Text = '249425'; Stays = $true }
    ) {
        $null = Set-File -Path $laid -Text $digits
        $other = Set-File -Path ([System.IO.Path]::Combine($pickup, 'ANNA-LAPTOP', 'b.TXT')) -Text 'b'
        $null = Set-File -Path $arrived -Text $Text
        $fake.carry = @()
        Set-FakeBehaviour -DataFolder $place.DataFolder -Fake $fake
        $null = Invoke-SpareKey @place
        [System.IO.File]::Exists($laid) | Should -Be $Stays
        [System.IO.File]::Exists($other) | Should -BeTrue
        @(Get-Start)[0].listings[0].folders[0].files[0].name | Should -BeExactly $name
        @(Get-Start)[0].listings[0].linked | Should -BeTrue
    }

    It 'leave the pick-up when OneDrive has uploaded and freed one of the same size' {
        $null = Set-File -Path $laid -Text $digits
        InModuleScope -ModuleName SpareKey -Parameters @{ Data = $place.DataFolder; Sid = $anna; File = $name } -ScriptBlock {
            $listing = @{ folders = @(@{ name = 'ANNA-LAPTOP'; files = @(@{ name = $File; size = 55; sha256 = $null; cloud = $true }) }) }
            Clear-Pickup -DataFolder $Data -Place @(@{ Kind = 'onedrive'; Sid = $Sid }) -Listing @($listing)
        }
        [System.IO.File]::Exists($laid) | Should -BeFalse
    }

    It 'of users who are no longer meant are removed, not those of an "any" that nobody knows tonight' {
        $null = Set-File -Path $laid -Text $digits
        InModuleScope -ModuleName SpareKey -Parameters @{ Data = $place.DataFolder } -ScriptBlock {
            Clear-Pickup -DataFolder $Data -Place @(@{ Kind = 'onedrive'; Sid = $null }) -Listing @(@{ folders = @() })
        }
        [System.IO.File]::Exists($laid) | Should -BeTrue
        InModuleScope -ModuleName SpareKey -Parameters @{ Data = $place.DataFolder } -ScriptBlock { Clear-Pickup -DataFolder $Data -Place @() -Listing @() }
        [System.IO.Directory]::Exists($pickup) | Should -BeFalse
    }

    # Wine makes no links.
    if (-not $IsWindows) {
        It 'are not looked at behind a link in his folder: <_>' -ForEach 'Spare Key', 'Spare Key/ANNA-LAPTOP', 'Spare Key/ANNA-LAPTOP/x.TXT' {
            $elsewhere = New-Folder -Name 'elsewhere'
            $null = Set-File -Path ([System.IO.Path]::Combine($elsewhere, 'ANNA-LAPTOP', 'y.TXT')) -Text 'y'
            $path = [System.IO.Path]::Combine($personal, $_)
            [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($path))
            $target = $elsewhere
            if ($_.EndsWith('.TXT')) {
                $target = [System.IO.Path]::Combine($elsewhere, 'ANNA-LAPTOP', 'y.TXT')
            }
            $null = New-Item -ItemType SymbolicLink -Path $path -Target $target
            $null = Invoke-SpareKey @place -DryRun
            $listing = @(Get-Start)[0].listings[0]
            if ($_ -eq 'Spare Key') {
                $listing.reachable | Should -BeFalse
                $listing.error | Should -Match 'is a link'
            } else {
                $listing.reachable | Should -BeTrue
                @($listing.folders | ForEach-Object -Process { $_.files }).Count | Should -Be 0
            }
        }
    }

    It 'are told as unreachable when his OneDrive folder is gone, and as not linked when his account is' {
        [System.IO.Directory]::Delete($personal, $true)
        $null = Invoke-SpareKey @place -DryRun
        $script:Hives[$anna] = [ordered]@{}
        $null = Invoke-SpareKey @place -DryRun
        $listings = @(Get-Start | ForEach-Object -Process { $_.listings[0] })
        $listings[0].reachable | Should -BeFalse
        $listings[0].error | Should -Match 'is not there'
        $listings[0].linked | Should -BeTrue
        $listings[1].reachable | Should -BeFalse
        $listings[1].linked | Should -BeFalse
    }
}

Describe 'The task of a user whom the installation did not know' {
    BeforeEach {
        $data = New-Folder -Name 'data'
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($data, 'tasks'))
        $null = Set-File -Path ([System.IO.Path]::Combine($data, 'tasks', "OneDrive $bob.xml")) -Text 'kept'
        Mock -ModuleName SpareKey -CommandName Test-Windows -MockWith { $true }
        Mock -ModuleName SpareKey -CommandName Register-Task -MockWith { }
        Mock -ModuleName SpareKey -CommandName Read-WantedTask -MockWith {
            foreach ($name in 'Nightly', 'OneDrive S-1-5-21-1-2-3-1001', 'OneDrive S-1-12-1-4-5-6-7') {
                @{ name = '\Spare Key\' + $name; xml = '<Task />' }
            }
        }

        function Sync-Now {
            param([string[]] $Sid)
            $places = @(foreach ($one in $Sid) { [ordered]@{ Name = 'a'; Kind = 'onedrive'; Sid = $one } }) + @([ordered]@{ Name = 'b'; Kind = 'share'; Sid = $null })
            InModuleScope -ModuleName SpareKey -Parameters @{ Place = $places; Data = $data } -ScriptBlock {
                Sync-PickupTask -Place $Place -DataFolder $Data 3>&1
            }
        }
    }

    It 'is made by the first night that knows him, and no other task' {
        @(Sync-Now -Sid $bob, $anna).Count | Should -Be 0
        Should -Invoke -ModuleName SpareKey -CommandName Register-Task -Times 1 -Exactly
        Should -Invoke -ModuleName SpareKey -CommandName Register-Task -Times 1 -Exactly -ParameterFilter { $Name -eq '\Spare Key\OneDrive S-1-5-21-1-2-3-1001' }
    }

    It 'costs nothing once it is there, and nothing where Spare Key was not installed' {
        @(Sync-Now -Sid $bob).Count | Should -Be 0
        [System.IO.Directory]::Delete([System.IO.Path]::Combine($data, 'tasks'), $true)
        @(Sync-Now -Sid $anna).Count | Should -Be 0
        Should -Invoke -ModuleName SpareKey -CommandName Read-WantedTask -Times 0 -Exactly
    }

    It 'that cannot be made is a warning, and the night goes on' {
        Mock -ModuleName SpareKey -CommandName Register-Task -MockWith { throw 'no such account' }
        [string](Sync-Now -Sid $anna) | Should -BeExactly 'Cannot make the task "\Spare Key\OneDrive S-1-5-21-1-2-3-1001": no such account'
    }
}

Describe 'The user''s task Copy-SpareKeyPickup.ps1' {
    BeforeEach {
        $mine = New-Folder -Name 'OneDrive'
        $pickup = New-Folder -Name 'pickup'
        $null = Set-File -Path ([System.IO.Path]::Combine($pickup, 'target.txt')) -Text $mine
        $null = Set-File -Path ([System.IO.Path]::Combine($pickup, 'ANNA-LAPTOP', 'a.TXT')) -Text $digits
        $null = Set-File -Path ([System.IO.Path]::Combine($pickup, 'ANNA-LAPTOP', 'status.json')) -Text 'new'
        $folder = [System.IO.Path]::Combine($mine, 'Spare Key', 'ANNA-LAPTOP')

        function Invoke-Copy {
            # In a PowerShell of its own, whose registry names one account without and one with a folder.
            param([string] $Own = $mine)
            $code = "function global:Get-ItemProperty { param(`$Path, `$Name) [PSCustomObject]@{ UserFolder = '' }; [PSCustomObject]@{ UserFolder = '$Own' } }; " +
                "& '$(Get-RepositoryPath scheduled Copy-SpareKeyPickup.ps1)' -Pickup '$pickup'; exit `$LASTEXITCODE"
            $output = & (Get-PowerShellPath) -NoProfile -NonInteractive -Command $code 2>&1
            return @{ Code = $LASTEXITCODE; Text = [string]::Join(' ', @($output)) }
        }
    }

    It 'copies reports and status.json, and does nothing the second time; nothing leaves the pick-up' {
        $null = Set-File -Path ([System.IO.Path]::Combine($folder, 'status.json')) -Text 'old'
        $null = Set-File -Path ([System.IO.Path]::Combine($pickup, 'ANNA-LAPTOP', '.spare-key-1.tmp')) -Text 'half'
        foreach ($time in 1, 2) {
            $run = Invoke-Copy
            $run.Text | Should -BeExactly ''
            $run.Code | Should -Be 0
            [System.IO.File]::ReadAllText([System.IO.Path]::Combine($folder, 'a.TXT')) | Should -BeExactly $digits
            [System.IO.File]::ReadAllText([System.IO.Path]::Combine($folder, 'status.json')) | Should -BeExactly 'new'
            @([System.IO.Directory]::GetFiles($folder)).Count | Should -Be 2
            @([System.IO.Directory]::GetFiles($pickup, '*', 'AllDirectories')).Count | Should -Be 4
        }
    }

    It 'copies nothing into a folder that is not one of his own OneDrive' {
        $run = Invoke-Copy -Own (New-Folder)
        $run.Code | Should -Be 10
        $run.Text | Should -Match 'not the folder of an OneDrive account'
        @([System.IO.Directory]::GetFileSystemEntries($mine)).Count | Should -Be 0
    }

    It 'leaves other content of the name, says so without digits, and copies the rest' {
        $file = Set-File -Path ([System.IO.Path]::Combine($folder, 'a.TXT')) -Text 'other'
        $null = Set-File -Path ([System.IO.Path]::Combine($pickup, 'ANNA-LAPTOP', 'b.TXT')) -Text 'b'
        $run = Invoke-Copy
        $run.Code | Should -Be 3
        $run.Text | Should -BeExactly 'Cannot copy "a.TXT": other content has the name'
        [System.IO.File]::ReadAllText($file) | Should -BeExactly 'other'
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($folder, 'b.TXT')) | Should -BeExactly 'b'
    }

    It 'has nothing to do without a note, and says when the folder is gone' {
        [System.IO.Directory]::Delete($mine, $true)
        (Invoke-Copy).Code | Should -Be 3
        [System.IO.File]::Delete([System.IO.Path]::Combine($pickup, 'target.txt'))
        (Invoke-Copy).Code | Should -Be 0
    }
}
