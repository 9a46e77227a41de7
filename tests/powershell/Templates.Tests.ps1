BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    # Get-Acl exists on Windows alone.
    function global:Get-Acl { param([string] $LiteralPath) throw "not mocked: $LiteralPath" }

    function Test-Owner {
        # What Assert-TemplateOwner says of a data folder whose templates belong to these SIDs, by file name.
        param([hashtable] $Owner, [switch] $OnLinux)
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
        Mock -ModuleName SpareKey -CommandName Get-Acl -MockWith {
            $sid = $script:Owners[[System.IO.Path]::GetFileName($LiteralPath)]
            $acl = [PSCustomObject]@{ Sid = $sid }
            $acl | Add-Member -MemberType ScriptMethod -Name GetOwner -Value { param($type) [PSCustomObject]@{ Value = $this.Sid } } -PassThru
        }
        InModuleScope -ModuleName SpareKey -Parameters @{ Data = $data } -ScriptBlock { Assert-TemplateOwner -DataFolder $Data }
    }
}

AfterAll {
    Remove-Item -Path function:global:Get-Acl
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

    It 'are looked at by the program itself where this is not Windows' {
        { Test-Owner -OnLinux -Owner @{ 'templates' = 'S-1-5-21-1-2-3-1001' } } | Should -Not -Throw
    }
}
