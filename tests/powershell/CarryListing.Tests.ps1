BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Use-Carrier.ps1'))
}

AfterAll {
    Remove-Module -Name CarryKit
}

Describe 'Looking at a place' {
    BeforeAll {
        function Get-TestListing {
            param([string] $Root, [string[]] $Name = 'ANNA-LAPTOP', [double] $Seconds = 30)
            InModuleScope -ModuleName SpareKey -Parameters @{ Root = $Root; Name = $Name; Seconds = $Seconds } -ScriptBlock {
                Read-PlaceListing -Destination 'office' -Root $Root -Name $Name -Seconds $Seconds
            }
        }
    }

    It 'lists the folders that may be this PC''s, with hashes, and status.json apart' {
        $root = New-Share
        foreach ($path in 'Anna-Laptop/a.TXT', 'ANNA-LAPTOP 3532ABCD/b.TXT', 'ANNA-LAPTOP-2/c.TXT', 'OLD NAME/d.TXT', 'BOB/e.TXT') {
            $null = Set-File -Path ([System.IO.Path]::Combine($root, $path)) -Text $path
        }
        $null = Set-File -Path ([System.IO.Path]::Combine($root, 'Anna-Laptop', 'status.json')) -Text '{"schema":1,"machineId":"aa","n":[1,{"x":null}]}'
        $null = Set-File -Path ([System.IO.Path]::Combine($root, 'Anna-Laptop', '.spare-key-1.tmp')) -Text 'x'
        $listing = Get-TestListing -Root $root -Name 'ANNA-LAPTOP', 'old name'
        @($listing.Keys) | Should -BeExactly @('destination', 'reachable', 'error', 'blind', 'linked', 'folders')
        $listing.reachable | Should -BeTrue
        $listing.error | Should -BeNull
        $listing.blind | Should -BeFalse
        @($listing.folders | ForEach-Object -Process { $_.name } | Sort-Object) | Should -Be @('Anna-Laptop', 'ANNA-LAPTOP 3532ABCD', 'OLD NAME')
        $first = @($listing.folders | Where-Object -FilterScript { $_.name -ceq 'Anna-Laptop' })[0]
        $first.status['machineId'] | Should -BeExactly 'aa'
        $first.files.Count | Should -Be 1
        $first.files[0].name | Should -BeExactly 'a.TXT'
        $first.files[0].size | Should -Be 17
        $first.files[0].sha256 | Should -BeExactly (Get-Hash -Text 'Anna-Laptop/a.TXT')
        $first.files[0].cloud | Should -BeFalse
    }

    It 'takes a status.json that is <Name> as none' -ForEach @(
        @{ Name = 'no JSON'; Text = '{"a":' }
        @{ Name = 'empty'; Text = '' }
        @{ Name = 'a list'; Text = '[1]' }
        @{ Name = 'nested without end'; Text = ('[' * 5000) }
        @{ Name = 'nested too deeply'; Text = ('{"a":' * 40) + '1' + ('}' * 40) }
        @{ Name = 'with a member without a name'; Text = '{"":1}' }
        @{ Name = 'too long'; Text = '{"a":"' + ('x' * 1100000) + '"}' }
    ) {
        $root = New-Share
        $null = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', 'status.json')) -Text $Text
        (Get-TestListing -Root $root).folders[0].status | Should -BeNull
    }

    It 'hands on whatever else a status.json holds so that it can be read again' {
        $root = New-Share
        $null = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', 'status.json')) -Text '{"a b":1e300,"n":1.5,"u":"\u0000\ud83d","__type":"x","a:b":{"xmlns":true}}'
        $listing = Get-TestListing -Root $root
        $json = InModuleScope -ModuleName SpareKey -Parameters @{ Listing = $listing } -ScriptBlock {
            Write-JsonDocument -Tree $Listing
            [System.Text.Encoding]::UTF8.GetString($script:Document)
        }
        $status = (ConvertFrom-Json -InputObject $json -AsHashtable).folders[0].status
        $status['a b'] | Should -BeNull
        $status['n'] | Should -Be 1.5
        $status['a:b']['xmlns'] | Should -BeTrue
    }

    It 'says why a place could not be looked at' {
        $listing = Get-TestListing -Root ([System.IO.Path]::Combine($TestDrive, 'no such'))
        $listing.reachable | Should -BeFalse
        $listing.error | Should -BeExactly 'the folder is not there (0x80070003)'
        $listing.folders.Count | Should -Be 0
        Mock -ModuleName SpareKey -CommandName Get-SubFolder -MockWith { throw [System.IO.IOException]::new('Der Netzwerkpfad wurde nicht gefunden.', 0x80070035) }
        (Get-TestListing -Root $TestDrive).error | Should -BeExactly 'the server was not found (0x80070035)'
    }

    It 'takes a place that answers and refuses to be listed for a drop box' {
        Mock -ModuleName SpareKey -CommandName Get-SubFolder -MockWith { throw [System.UnauthorizedAccessException]::new('no') }
        $listing = Get-TestListing -Root (New-Share)
        $listing.reachable | Should -BeTrue
        $listing.blind | Should -BeTrue
        $listing.error | Should -BeNull
        $listing.folders.Count | Should -Be 0
    }

    It 'takes a place that is closed altogether for one that cannot be reached' {
        Mock -ModuleName SpareKey -CommandName Get-SubFolder -MockWith { throw [System.UnauthorizedAccessException]::new('no') }
        Mock -ModuleName SpareKey -CommandName Get-RootAttribute -MockWith { throw [System.UnauthorizedAccessException]::new('no') }
        $listing = Get-TestListing -Root (New-Share)
        $listing.reachable | Should -BeFalse
        $listing.blind | Should -BeFalse
        $listing.error | Should -BeExactly 'access is denied (0x80070005)'
    }

    It 'never opens what OneDrive has uploaded and freed' {
        $root = New-Share
        $null = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', 'a.TXT')) -Text 'a'
        $null = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', 'status.json')) -Text '{"a":1}'
        Mock -ModuleName SpareKey -CommandName Test-CloudFile -MockWith { $true }
        Mock -ModuleName SpareKey -CommandName Get-ContentHash -MockWith { throw 'opened' }
        Mock -ModuleName SpareKey -CommandName Read-JsonFile -MockWith { throw 'opened' }
        $folder = (Get-TestListing -Root $root).folders[0]
        $folder.status | Should -BeNull
        $folder.files[0].cloud | Should -BeTrue
        $folder.files[0].size | Should -Be 1
        $folder.files[0].sha256 | Should -BeNull
    }

    It 'knows such a file by its attributes: <Attributes>' -ForEach @(
        @{ Attributes = 0x400020; Expected = $true }
        @{ Attributes = 0x1620; Expected = $true }
        @{ Attributes = 0x40000; Expected = $true }
        @{ Attributes = 0x20; Expected = $false }
        # Pinned, unpinned, a reparse point of OneDrive: the content is on the disk.
        @{ Attributes = 0x80420; Expected = $false }
        @{ Attributes = 0x100420; Expected = $false }
    ) {
        $kind = 'FileWithAttributes'
        if ($null -eq ($kind -as [type])) {
            Add-Type -TypeDefinition 'public sealed class FileWithAttributes : System.IO.FileSystemInfo {
                public FileWithAttributes(int value) { Value = (System.IO.FileAttributes)value; } public System.IO.FileAttributes Value;
                public new System.IO.FileAttributes Attributes { get { return Value; } } public override bool Exists { get { return true; } }
                public override string Name { get { return "x"; } } public override void Delete() { } }'
        }
        InModuleScope -ModuleName SpareKey -Parameters @{ File = (New-Object -TypeName $kind -ArgumentList $Attributes) } -ScriptBlock { Test-CloudFile -File $File } |
            Should -Be $Expected
    }

    It 'does not follow a folder that is closed to it: it is somebody else''s' {
        $root = New-Share
        $null = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', 'a.TXT')) -Text 'a'
        $folder = InModuleScope -ModuleName SpareKey -Parameters @{ Path = [System.IO.Path]::Combine($root, 'gone') } -ScriptBlock {
            Read-PlaceFolder -Folder $Path -Clock ([System.Diagnostics.Stopwatch]::StartNew()) -LimitMilliseconds 9000
        }
        $folder.files.Count | Should -Be 0
        $folder.status['machineId'] | Should -BeExactly ''
        $folder.error | Should -Match '0x80070003'
    }

    It 'leaves hashes out when time is short, and when a file is held open' {
        $root = New-Share
        $file = Set-File -Path ([System.IO.Path]::Combine($root, 'ANNA-LAPTOP', 'a.TXT')) -Text 'a'
        (Get-TestListing -Root $root -Seconds 0).folders[0].files[0].sha256 | Should -BeNull
        $held = [System.IO.FileStream]::new($file, 'Open', 'ReadWrite', 'None')
        try {
            (Get-TestListing -Root $root).folders[0].files[0].sha256 | Should -BeNull
        } finally {
            $held.Dispose()
        }
        (Get-TestListing -Root $root).folders[0].files[0].sha256 | Should -Not -BeNull
    }

    It 'looks under all names that this PC ever had' {
        $data = New-Share
        foreach ($path in 'state/archive/pc/OLD/x', 'state/archive/recipients/OLDER/x', 'state/archive/recipients/old/x') {
            $null = Set-File -Path ([System.IO.Path]::Combine($data, $path)) -Text 'x'
        }
        InModuleScope -ModuleName SpareKey -Parameters @{ Data = $data } -ScriptBlock { Read-HostName -HostName 'NEW' -DataFolder $Data } |
            Should -BeExactly @('NEW', 'OLD', 'OLDER')
    }
}
