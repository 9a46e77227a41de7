BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Use-Carrier.ps1'))
}

AfterAll {
    Remove-Module -Name CarryKit
}

Describe 'The carrier' {
    It 'puts a report into the PC''s folder, reads it back, and says delivered' {
        $root = New-Share
        Set-Carry -Item @{ text = $digits }, @{ text = 'other place'; destination = 'cellar' }
        $result = Send-Test -Root $root
        $result.Receipts.Count | Should -Be 1
        @($result.Receipts[0].Keys) | Should -BeExactly @('destination', 'name', 'sha256', 'outcome', 'error')
        $result.Receipts[0].outcome | Should -BeExactly 'delivered'
        $result.Receipts[0].error | Should -BeNull
        $result.Receipts[0].sha256 | Should -BeExactly (Get-Hash -Text $digits)
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', $today)) | Should -BeExactly $digits
        @([System.IO.Directory]::GetFiles($root, '*', 'AllDirectories')).Count | Should -Be 1
    }

    It 'takes the same content under the name as delivered, and does not write it again' {
        $root = New-Share
        $file = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', $today)) -Text $digits
        [System.IO.File]::SetLastWriteTimeUtc($file, [datetime]::new(2020, 1, 1))
        Set-Carry -Item @{ text = $digits }
        (Send-Test -Root $root).Receipts[0].outcome | Should -BeExactly 'delivered'
        [System.IO.File]::GetLastWriteTimeUtc($file).Year | Should -Be 2020
    }

    It 'leaves other content under the name alone, and says so' {
        $root = New-Share
        $file = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', $today)) -Text 'somebody else'
        Set-Carry -Item @{ text = $digits }
        $receipt = (Send-Test -Root $root).Receipts[0]
        $receipt.outcome | Should -BeExactly 'pending'
        $receipt.error | Should -BeExactly 'other content has the name'
        [System.IO.File]::ReadAllText($file) | Should -BeExactly 'somebody else'
        Get-Leftover -Root $root | Should -Be @()
    }

    It 'sees that somebody took the name in between: with <Name>' -ForEach @(
        @{ Name = 'the same content'; Text = '249425-539187-330363-273262-016346-600963-497299-188144'; Outcome = 'delivered'; Reason = $null }
        @{ Name = 'other content'; Text = 'other'; Outcome = 'pending'; Reason = 'other content has the name' }
    ) {
        $root = New-Share
        Set-Carry -Item @{ text = $digits }
        Mock -ModuleName SpareKey -CommandName Move-WithoutReplacing -MockWith {
            [System.IO.File]::WriteAllText($Destination, $script:Racer)
            [System.IO.File]::Move($Path, $Destination)
        }
        $script:Racer = $Text
        $receipt = (Send-Test -Root $root).Receipts[0]
        $receipt.outcome | Should -BeExactly $Outcome
        $receipt.error | Should -BeExactly $Reason
        Get-Leftover -Root $root | Should -Be @()
    }

    It 'never makes the root' {
        $root = [System.IO.Path]::Combine($TestDrive, 'not there')
        Set-Carry -Item @{ text = $digits }
        $receipt = (Send-Test -Root $root).Receipts[0]
        $receipt.outcome | Should -BeExactly 'pending'
        $receipt.error | Should -Match '0x8007000[23]'
        [System.IO.Directory]::Exists($root) | Should -BeFalse
    }

    It 'refuses a name that would lead elsewhere: <_>' -ForEach '../x', '..', 'a\b', 'a:b', ' ' {
        $root = New-Share
        Set-Carry -Item @{ text = 'x'; folder = $_ }, @{ text = 'x'; name = $_ }
        foreach ($receipt in (Send-Test -Root $root).Receipts) {
            $receipt.error | Should -BeLike '*is no name for a file'
        }
        @([System.IO.Directory]::GetFileSystemEntries($root, '*', 'AllDirectories')).Count | Should -Be 0
    }

    It 'says in English why a place failed, with the code: <Reason>' -ForEach @(
        @{ Code = 53; Reason = 'the server was not found (0x80070035)' }
        @{ Code = 67; Reason = 'the server has no share of this name (0x80070043)' }
        @{ Code = 1231; Reason = 'the network cannot be reached (0x800704CF)' }
        @{ Code = 5; Reason = 'access is denied (0x80070005)' }
        @{ Code = 3; Reason = 'the folder is not there (0x80070003)' }
    ) {
        Set-Carry -Item @{ text = $digits }
        $script:Failure = New-IOFailure -Code $Code
        Mock -ModuleName SpareKey -CommandName Get-RootAttribute -MockWith { throw $script:Failure }
        $receipt = (Send-Test -Root (New-Share)).Receipts[0]
        $receipt.outcome | Should -BeExactly 'pending'
        $receipt.error | Should -BeExactly $Reason
    }

    It 'says in English why a file could not be written, and leaves nothing behind: <Reason>' -ForEach @(
        @{ Code = 112; Reason = 'the disk there is full (0x80070070)' }
        @{ Code = 1295; Reason = 'the quota there is used up (0x8007050F)' }
        @{ Code = 19; Reason = 'the place is read-only (0x80070013)' }
        @{ Code = 64; Reason = 'the connection was lost (0x80070040)' }
        @{ Code = 206; Reason = 'the path is too long (0x800700CE)' }
        @{ Code = 4660; Reason = 'Der Vorgang ging schief (0x80071234)' }
    ) {
        $root = New-Share
        Set-Carry -Item @{ text = $digits }, @{ text = 'b'; name = 'b.TXT' }
        $script:Failure = New-IOFailure -Code $Code
        Mock -ModuleName SpareKey -CommandName Write-NewFile -MockWith {
            if ($Index -eq 1) {
                [System.IO.File]::WriteAllText($Path, 'b')
                return
            }
            # Half of it, as a full disk takes.
            [System.IO.File]::WriteAllText($Path, '249425')
            throw $script:Failure
        }
        $receipts = (Send-Test -Root $root).Receipts
        $receipts[0].outcome | Should -BeExactly 'pending'
        $receipts[0].error | Should -BeExactly $Reason
        $receipts[1].outcome | Should -BeExactly 'delivered'
        @([System.IO.Directory]::GetFiles($root, '*', 'AllDirectories')).Count | Should -Be 1
    }

    It 'says what a read-only place refuses' {
        Set-Carry -Item @{ text = $digits }
        Mock -ModuleName SpareKey -CommandName Write-NewFile -MockWith { throw [System.UnauthorizedAccessException]::new('Zugriff verweigert') }
        (Send-Test -Root (New-Share)).Receipts[0].error | Should -BeExactly 'access is denied (0x80070005)'
    }

    It 'says that another program holds the file of that name open, and counts nothing as delivered' {
        $root = New-Share
        $file = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', $today)) -Text $digits
        Set-Carry -Item @{ text = $digits }
        $held = [System.IO.FileStream]::new($file, 'Open', 'ReadWrite', 'None')
        try {
            $receipt = (Send-Test -Root $root).Receipts[0]
        } finally {
            $held.Dispose()
        }
        $receipt.outcome | Should -BeExactly 'pending'
        $receipt.error | Should -Not -BeNullOrEmpty
        InModuleScope -ModuleName SpareKey -Parameters @{ Failure = (New-IOFailure -Code 32) } -ScriptBlock { Get-FailureText -Exception $Failure } |
            Should -BeExactly 'another program holds the file open (0x80070020)'
    }

    It 'counts a file as accepted that cannot be read back, as in a drop box' {
        $root = New-Share
        Set-Carry -Item @{ text = $digits }
        Mock -ModuleName SpareKey -CommandName Get-ContentHash -MockWith { throw [System.UnauthorizedAccessException]::new('no') }
        $receipt = (Send-Test -Root $root).Receipts[0]
        $receipt.outcome | Should -BeExactly 'accepted'
        $receipt.error | Should -BeNull
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', $today)) | Should -BeExactly $digits
    }

    It 'takes a file of the name in a drop box for its own when the size is right, and only then' {
        $root = New-Share
        $file = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', $today)) -Text ('0' * 55)
        Set-Carry -Item @{ text = $digits }
        Mock -ModuleName SpareKey -CommandName Get-ContentHash -MockWith { throw [System.UnauthorizedAccessException]::new('no') }
        (Send-Test -Root $root).Receipts[0].outcome | Should -BeExactly 'accepted'
        [System.IO.File]::ReadAllText($file) | Should -BeExactly ('0' * 55)
        [System.IO.File]::WriteAllText($file, 'half')
        (Send-Test -Root $root).Receipts[0].error | Should -BeExactly 'other content has the name'
    }

    It 'knows how long a content is: <_> bytes' -ForEach 0, 1, 2, 3, 4, 5, 6 {
        Set-Carry -Item @{ text = 'x' * $_ }
        InModuleScope -ModuleName SpareKey -ScriptBlock { Get-ContentLength -Index 0 } | Should -Be $_
    }

    It 'does not count a file as accepted that is gone a moment later' {
        Set-Carry -Item @{ text = $digits }
        Mock -ModuleName SpareKey -CommandName Get-ContentHash -MockWith { throw [System.IO.FileNotFoundException]::new('no') }
        $receipt = (Send-Test -Root (New-Share)).Receipts[0]
        $receipt.outcome | Should -BeExactly 'pending'
        $receipt.error | Should -BeExactly 'the file is not there (0x80070002)'
    }

    It 'says when what was read back differs' {
        Set-Carry -Item @{ text = $digits }
        Mock -ModuleName SpareKey -CommandName Get-ContentHash -MockWith { '00' }
        $receipt = (Send-Test -Root (New-Share)).Receipts[0]
        $receipt.outcome | Should -BeExactly 'pending'
        $receipt.error | Should -BeExactly 'what was read back differs from what was written'
    }

    It 'writes nothing that is not what the program announced' {
        $root = New-Share
        Set-Carry -Item @{ text = $digits; sha256 = Get-Hash -Text 'other' }
        (Send-Test -Root $root).Receipts[0].outcome | Should -BeExactly 'pending'
        @([System.IO.Directory]::GetFiles($root, '*', 'AllDirectories')).Count | Should -Be 0
    }

    It 'replaces status.json alone, without a receipt' {
        $root = New-Share
        $file = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', 'status.json')) -Text 'old'
        Set-Carry -Item @{ text = 'new'; name = 'status.json'; replace = $true }
        (Send-Test -Root $root -ReportOnly).Receipts.Count | Should -Be 0
        [System.IO.File]::ReadAllText($file) | Should -BeExactly 'old'
        $result = Send-Test -Root $root
        $result.Receipts.Count + $result.Problems.Count | Should -Be 0
        [System.IO.File]::ReadAllText($file) | Should -BeExactly 'new'
        @([System.IO.Directory]::GetFiles($root, '*', 'AllDirectories')).Count | Should -Be 1
    }

    It 'tries a second way where a server cannot replace, and a status.json that stays is a problem, no receipt' {
        $root = New-Share
        Set-Carry -Item @{ text = 'new'; name = 'status.json'; replace = $true }
        Mock -ModuleName SpareKey -CommandName Move-Replacing -MockWith { throw [System.UnauthorizedAccessException]::new('no') }
        $result = Send-Test -Root $root
        $result.Receipts.Count | Should -Be 0
        $result.Problems | Should -Be @('Cannot replace status.json at "office": access is denied (0x80070005)')
        Get-Leftover -Root $root | Should -Be @()
    }

    It 'removes its own leftovers of other days in its own folder, and no others' {
        $root = New-Share
        $old = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', '.spare-key-1.tmp')) -Text 'half'
        $young = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', '.spare-key-2.tmp')) -Text 'half'
        $foreign = Set-File -Path ([System.IO.Path]::Combine($root, 'BOB', '.spare-key-3.tmp')) -Text 'half'
        $report = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', 'old.TXT')) -Text 'old'
        foreach ($file in $old, $foreign, $report) {
            [System.IO.File]::SetLastWriteTimeUtc($file, [datetime]::UtcNow.AddDays(-2))
        }
        Set-Carry -Item @{ text = $digits }
        (Send-Test -Root $root).Receipts[0].outcome | Should -BeExactly 'delivered'
        foreach ($file in $young, $foreign, $report) {
            [System.IO.File]::Exists($file) | Should -BeTrue -Because $file
        }
        [System.IO.File]::Exists($old) | Should -BeFalse
    }

    It 'writes over its own leftover of the same content' {
        $root = New-Share
        $null = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', '.spare-key-' + (Get-Hash -Text $digits).Substring(0, 16) + '.tmp')) -Text 'half of it, but longer than the whole: 249425-539187-330363-273262'
        Set-Carry -Item @{ text = $digits }
        (Send-Test -Root $root).Receipts[0].outcome | Should -BeExactly 'delivered'
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', $today)) | Should -BeExactly $digits
        Get-Leftover -Root $root | Should -Be @()
    }

    It 'begins nothing when its time is over' {
        $root = New-Share
        Set-Carry -Item @{ text = $digits }
        $receipt = (Send-Test -Root $root -Seconds 0).Receipts[0]
        $receipt.outcome | Should -BeExactly 'pending'
        $receipt.error | Should -BeExactly 'there was no time left for it'
    }

    It 'gives long paths on Windows their long form: <Path>' -ForEach @(
        @{ Path = '\\srv\keys$'; Count = 0; Expected = '\\srv\keys$' }
        @{ Path = '\\srv\keys$\'; Count = 250; Expected = '\\?\UNC\srv\keys$\' }
        @{ Path = 'C:\ProgramData\'; Count = 250; Expected = '\\?\C:\ProgramData\' }
        @{ Path = '\\?\UNC\srv\keys$\'; Count = 250; Expected = '\\?\UNC\srv\keys$\' }
        @{ Path = '\\srv\'; Count = 241; Expected = '\\srv\' }
        @{ Path = '\\srv\'; Count = 242; Expected = '\\?\UNC\srv\' }
    ) {
        Mock -ModuleName SpareKey -CommandName Test-Windows -MockWith { $true }
        $tail = [string]::new([char]'a', $Count)
        InModuleScope -ModuleName SpareKey -Parameters @{ Path = $Path + $tail } -ScriptBlock { ConvertTo-LongPath -Path $Path } |
            Should -BeExactly ($Expected + $tail)
    }

    It 'carries to a path of more than 260 characters' {
        $root = New-Share
        $folder = [string]::new([char]'f', 120)
        $name = [string]::new([char]'n', 150) + '.TXT'
        Set-Carry -Item @{ text = $digits; folder = $folder; name = $name }
        (Send-Test -Root $root).Receipts[0].outcome | Should -BeExactly 'delivered'
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, $folder, $name)) | Should -BeExactly $digits
    }
}
