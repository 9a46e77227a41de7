<#
.SYNOPSIS
    Loads what the tests of installation need, and puts the small Windows of SetupKit.psm1 in the place of the real one.
    To be dot-sourced in BeforeAll: a mock sees its parameters only where it was made.
#>
Set-StrictMode -Version 3.0
Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'SetupKit.psm1')) -Force -Global
Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'InstallKit.psm1')) -Force -Global
Import-TestModule
$closed = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
$user = 'S-1-5-21-1-2-3-1001'
$product = 'SOFTWARE\Spare Key'
$nightly = '\Spare Key\Nightly'

Mock -ModuleName SpareKey -CommandName Assert-Machine -MockWith { }
Mock -ModuleName SpareKey -CommandName Invoke-WindowsTool -MockWith { Invoke-FakeTool -Name $Name -Argument $Argument }
Mock -ModuleName SpareKey -CommandName Read-FolderSddl -MockWith { Get-FakeSddl -Path $Path }
Mock -ModuleName SpareKey -CommandName Set-FolderSddl -MockWith { Set-FakeSddl -Path $Path -Sddl $Sddl }
Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith { Get-FakeRegistry -Path $Path -Name $Name }
Mock -ModuleName SpareKey -CommandName Set-RegistryText -MockWith { Set-FakeRegistry -Path $Path -Name $Name -Value $Value }
Mock -ModuleName SpareKey -CommandName Remove-RegistryKey -MockWith { Remove-FakeRegistry -Path $Path }
Mock -ModuleName SpareKey -CommandName Get-OwnSid -MockWith { 'S-1-5-18' }
Mock -ModuleName SpareKey -CommandName Remove-TaskFolder -MockWith { }
Mock -ModuleName SpareKey -CommandName Test-ScriptPolicy -MockWith { }
Mock -ModuleName SpareKey -CommandName Get-ProgramPlace -MockWith {
    @{ DenoPath = Get-DenoPath; ProgramPath = [System.IO.Path]::Combine($Folder, 'main.js'); DataFolder = $DataFolder }
}
Mock -ModuleName SpareKey -CommandName Get-OneDriveFolder -MockWith { @{ Sid = $User; SignedIn = $true; Linked = $true; Folder = $null; Error = $null } }
Mock -ModuleName SpareKey -CommandName New-ArchiveKey -MockWith {
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($DataFolder, 'secrets', 'archiveKey.bin'), [System.Guid]::NewGuid().ToString())
}
