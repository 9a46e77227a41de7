BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    $name = '2026-11-24 C BitLocker Recovery Key 58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5.TXT'
    $digits = '249425-539187-330363-273262-016346-600963-497299-188144'

    function Send-Report {
        # Carries one report to a place that lets nothing be renamed, removed or read, as Windows and Samba refuse it there.
        param([string] $Root)
        $bytes = [System.Text.Encoding]::UTF8.GetBytes($digits)
        $hash = [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($bytes)).ToLowerInvariant()
        $carry = [System.Collections.Generic.List[object]]::new()
        $carry.Add([ordered]@{ destination = 'box'; folder = 'ANNA-LAPTOP'; name = $name; replace = $false; sha256 = $hash; contentBase64 = [System.Convert]::ToBase64String($bytes) })
        InModuleScope -ModuleName SpareKey -Parameters @{ Root = $Root; Carry = $carry } -ScriptBlock {
            $script:Answer = [ordered]@{ carry = $Carry }
            (Send-SpareKeyReport -Destination 'box' -Root $Root -Seconds 30).Receipts[0]
        }
    }

    function New-Box {
        [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($TestDrive, [System.Guid]::NewGuid().ToString('N'))).FullName
    }
}

Describe 'A drop box that lets nothing be renamed' {
    BeforeEach {
        Mock -ModuleName SpareKey -CommandName Move-WithoutReplacing -MockWith { throw [System.UnauthorizedAccessException]::new('Zugriff verweigert') }
        Mock -ModuleName SpareKey -CommandName Remove-Temporary -MockWith { }
        Mock -ModuleName SpareKey -CommandName Get-ContentHash -MockWith { throw [System.UnauthorizedAccessException]::new('Zugriff verweigert') }
    }

    It 'takes the report straight under its name, and it counts as accepted, once' {
        $box = New-Box
        $file = [System.IO.Path]::Combine($box, 'ANNA-LAPTOP', $name)
        foreach ($night in 1, 2) {
            $receipt = Send-Report -Root $box
            $receipt.error | Should -BeNull -Because "night $night"
            $receipt.outcome | Should -BeExactly 'accepted'
            [System.IO.File]::ReadAllText($file) | Should -BeExactly $digits
            @([System.IO.Directory]::GetFiles($box, '*.TXT', 'AllDirectories')).Count | Should -Be 1
        }
    }

    It 'never writes over what has the name' {
        $box = New-Box
        $file = [System.IO.Path]::Combine($box, 'ANNA-LAPTOP', $name)
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($file))
        [System.IO.File]::WriteAllText($file, 'somebody else')
        (Send-Report -Root $box).error | Should -BeExactly 'other content has the name'
        [System.IO.File]::ReadAllText($file) | Should -BeExactly 'somebody else'
    }
}

Describe 'A place that refuses to rename for another reason' {
    It 'gets nothing under the final name' {
        $box = New-Box
        Mock -ModuleName SpareKey -CommandName Move-WithoutReplacing -MockWith { throw [System.IO.IOException]::new('x', 0x80070040) }
        $receipt = Send-Report -Root $box
        $receipt.outcome | Should -BeExactly 'pending'
        $receipt.error | Should -BeExactly 'the connection was lost (0x80070040)'
        @([System.IO.Directory]::GetFiles($box, '*', 'AllDirectories')).Count | Should -Be 0
    }
}
