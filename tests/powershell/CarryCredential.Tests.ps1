BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Use-Carrier.ps1'))
}

AfterAll {
    Remove-Module -Name CarryKit
}

Describe 'The credential of a share' {
    BeforeEach {
        Mock -ModuleName SpareKey -CommandName New-PSDrive -MockWith { $script:Seen = $PesterBoundParameters.Credential }
        Mock -ModuleName SpareKey -CommandName Remove-PSDrive -MockWith {}
        & (Get-Module -Name SpareKey) { $script:Secrets['share-nas'] = "nas\spare key`npass word`n2" }
    }

    AfterEach {
        & (Get-Module -Name SpareKey) { $script:Secrets.Clear() }
    }

    It 'goes to Windows as a secure string, for server and share alone, and the connection is ended' {
        InModuleScope -ModuleName SpareKey -ScriptBlock {
            $drive = Connect-Share -Destination 'nas' -Root '\\nas\share\sub\folder'
            Disconnect-Share -Drive $drive
        }
        $script:Seen.UserName | Should -BeExactly 'nas\spare key'
        $script:Seen.GetNetworkCredential().Password | Should -BeExactly "pass word`n2"
        Should -Invoke -ModuleName SpareKey -CommandName New-PSDrive -Times 1 -Exactly -ParameterFilter { $Root -ceq '\\nas\share' -and $Name.Length -gt 1 }
        Should -Invoke -ModuleName SpareKey -CommandName Remove-PSDrive -Times 1 -Exactly
    }

    It 'is not used for another share' {
        InModuleScope -ModuleName SpareKey -ScriptBlock { Connect-Share -Destination 'office' -Root '\\srv\keys' } | Should -BeNull
        Should -Invoke -ModuleName SpareKey -CommandName New-PSDrive -Times 0 -Exactly
    }

    It 'that the server refuses is told, and nothing is tried without it' {
        Mock -ModuleName SpareKey -CommandName New-PSDrive -MockWith { throw [System.ComponentModel.Win32Exception]::new(1326) }
        $root = New-Share
        $listing = InModuleScope -ModuleName SpareKey -Parameters @{ Root = $root } -ScriptBlock {
            Read-PlaceListing -Destination 'nas' -Root $Root -Name 'ANNA' -Seconds 9
        }
        $listing.reachable | Should -BeFalse
        $listing.error | Should -BeExactly 'the server refuses user name or password (0x8007052E)'
        Set-Carry -Item @{ text = $digits; destination = 'nas' }
        $receipt = (InModuleScope -ModuleName SpareKey -Parameters @{ Root = $root } -ScriptBlock { Send-SpareKeyReport -Destination 'nas' -Root $Root -Seconds 9 }).Receipts[0]
        $receipt.error | Should -BeExactly 'the server refuses user name or password (0x8007052E)'
        @([System.IO.Directory]::GetFileSystemEntries($root)).Count | Should -Be 0
    }

    It 'without a password is told' {
        & (Get-Module -Name SpareKey) { $script:Secrets['share-nas'] = 'only a name' }
        $listing = InModuleScope -ModuleName SpareKey -Parameters @{ Root = (New-Share) } -ScriptBlock { Read-PlaceListing -Destination 'nas' -Root $Root -Name 'A' -Seconds 9 }
        $listing.error | Should -Match 'stored credential'
        $listing.error | Should -Not -Match 'only a name'
    }

    It 'is opened for shares of the settings only; one that cannot be opened becomes a problem' {
        $data = New-Share
        foreach ($name in 'share-nas', 'share-old', 'share-anna') {
            $null = Set-File -Path ([System.IO.Path]::Combine($data, 'secrets', "$name.bin")) -Text 'sealed'
        }
        Mock -ModuleName SpareKey -CommandName Unlock-Secret -MockWith { throw 'no' }
        $problems = [System.Collections.Generic.List[string]]::new()
        InModuleScope -ModuleName SpareKey -Parameters @{ Data = $data; Problems = $problems } -ScriptBlock {
            $carried = @(@{ name = 'nas'; kind = 'share' }, @{ name = 'office'; kind = 'share' }, @{ name = 'anna'; kind = 'onedrive' })
            Read-ShareCredential -Carried $carried -DataFolder $Data -Problems $Problems
        }
        $problems | Should -Be @('Cannot open the secret "share-nas", the run went on without it: no')
    }
}
