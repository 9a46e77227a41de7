BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Use-FakeHive.ps1'))
}

AfterAll {
    Remove-Module -Name CarryKit, OneDriveKit
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
    }

    It 'wait in the pick-up, with the note where to, when he is not signed in; SYSTEM writes nothing into his folder' {
        $null = Invoke-SpareKey @place
        $script:Hives = @{}
        [System.IO.File]::Delete([System.IO.Path]::Combine($place.DataFolder, 'state', 'starts.txt'))
        [System.IO.Directory]::Delete($pickup, $true)
        $run = Invoke-SpareKey @place
        $run.Error | Should -BeNull
        $starts = @(Get-Start -DataFolder $place.DataFolder)
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
        $receipt = @(Get-Start -DataFolder $place.DataFolder)[1].receipts[0]
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
        @(Get-Start -DataFolder $place.DataFolder)[0].listings[0].folders[0].files[0].name | Should -BeExactly $name
        @(Get-Start -DataFolder $place.DataFolder)[0].listings[0].linked | Should -BeTrue
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
            $listing = @(Get-Start -DataFolder $place.DataFolder)[0].listings[0]
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
        $listings = @(Get-Start -DataFolder $place.DataFolder | ForEach-Object -Process { $_.listings[0] })
        $listings[0].reachable | Should -BeFalse
        $listings[0].error | Should -Match 'is not there'
        $listings[0].linked | Should -BeTrue
        $listings[1].reachable | Should -BeFalse
        $listings[1].linked | Should -BeFalse
    }
}
