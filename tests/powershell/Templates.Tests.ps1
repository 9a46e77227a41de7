BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    function Test-Owner {
        # What Assert-TemplateOwner says of a data folder whose templates belong to these SIDs, by file name.
        param([hashtable] $Owner, [string] $Rule = '(A;ID;FA;;;SY)(A;ID;FA;;;BA)', [string] $Link = '', [switch] $OnLinux)
        $data = [System.IO.Path]::Combine($TestDrive, [System.Guid]::NewGuid().ToString('N'))
        $folder = [System.IO.Path]::Combine($data, 'templates')
        [void][System.IO.Directory]::CreateDirectory($folder)
        foreach ($name in $Owner.Keys) {
            if ($name -ne 'templates') {
                [System.IO.File]::WriteAllText([System.IO.Path]::Combine($folder, $name), 'x')
            }
        }
        $script:Owners = $Owner
        $script:OnWindows = -not $OnLinux
        Mock -ModuleName SpareKey -CommandName Test-Windows -MockWith { $script:OnWindows }
        $script:Rule = $Rule
        $script:Link = $Link
        Mock -ModuleName SpareKey -CommandName Get-OwnSid -MockWith { 'S-1-5-18' }
        Mock -ModuleName SpareKey -CommandName Get-PathKind -MockWith {
            if ([System.IO.Path]::GetFileName($Path) -eq $script:Link) { 'link' } else { 'file' }
        }
        Mock -ModuleName SpareKey -CommandName Read-FolderSddl -MockWith {
            'O:{0}G:SYD:AI{1}' -f $script:Owners[[System.IO.Path]::GetFileName($Path)], $script:Rule
        }
        InModuleScope -ModuleName SpareKey -Parameters @{ Data = $data } -ScriptBlock { Assert-TemplateOwner -DataFolder $Data }
    }
}

Describe 'Own templates' {
    It 'may belong to SYSTEM and to administrators' {
        { Test-Owner -Owner @{ 'templates' = 'S-1-5-32-544'; 'sheet.html' = 'S-1-5-18'; 'mail.txt' = 'S-1-5-32-544' } } | Should -Not -Throw
    }

    It 'are refused when a user owns one of them, or the folder' {
        $user = 'S-1-5-21-1-2-3-1001'
        { Test-Owner -Owner @{ 'templates' = 'S-1-5-18'; 'sheet.html' = $user } } | Should -Throw -ExpectedMessage '*sheet.html*S-1-5-21*'
        { Test-Owner -Owner @{ 'templates' = $user } } | Should -Throw -ExpectedMessage '*templates*'
    }

    It 'are refused when users may change them, whoever owns them' {
        $all = @{ 'templates' = 'S-1-5-32-544'; 'sheet.html' = 'S-1-5-18' }
        { Test-Owner -Owner $all -Rule '(A;;FA;;;SY)(A;;0x1301bf;;;BU)' } | Should -Throw -ExpectedMessage '*templates": S-1-5-32-545 may change it'
        { Test-Owner -Owner $all -Rule '(A;;FA;;;SY)(A;;0x1200a9;;;BU)' } | Should -Not -Throw
    }

    It 'are refused when one of them, or the folder, is a link' -ForEach 'templates', 'sheet.html' {
        $all = @{ 'templates' = 'S-1-5-32-544'; 'sheet.html' = 'S-1-5-18' }
        { Test-Owner -Owner $all -Link $_ } | Should -Throw -ExpectedMessage "*$_`": it is a link"
    }

    It 'are looked at by the program itself where this is not Windows' {
        { Test-Owner -OnLinux -Owner @{ 'templates' = 'S-1-5-21-1-2-3-1001' } } | Should -Not -Throw
    }
}
