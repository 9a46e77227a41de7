<#
.SYNOPSIS
    Loads what the tests of OneDrive folders need, and puts tables in the place of the users' registry. To be dot-sourced
    in BeforeAll: a mock sees its parameters only where it was made.
#>
Set-StrictMode -Version 3.0
Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'CarryKit.psm1')) -Force -Global
Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'OneDriveKit.psm1')) -Force -Global
Import-TestModule
$anna = 'S-1-5-21-1-2-3-1001'
$bob = 'S-1-12-1-4-5-6-7'
$digits = '249425-539187-330363-273262-016346-600963-497299-188144'
# What the registry answers: hives by SID, each account to folder; profiles by SID.
$script:Hives = @{}
$script:Profiles = @{}
Mock -ModuleName SpareKey -CommandName Open-UserKey -MockWith { Get-FakeUserKey -Hive $script:Hives -Path ([string]$PesterBoundParameters['Path']) }
Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith {
    if ($Name -eq 'ProfileImagePath') {
        return $script:Profiles[$Path.Split('\')[-1]]
    }
    return 'AA11BB22-0000-4000-8000-0123456789AB'
}
