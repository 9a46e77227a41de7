<#
.SYNOPSIS
    Loads what the tests of the carrier need. To be dot-sourced in BeforeAll: its variables are for the tests.
#>
Set-StrictMode -Version 3.0
Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'CarryKit.psm1')) -Force -Global
Import-TestModule
Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith { 'AA11BB22-0000-4000-8000-0123456789AB' }
$digits = '249425-539187-330363-273262-016346-600963-497299-188144'
# Of the report that Set-Carry hands over.
$today = '2026-11-24 C BitLocker Recovery Key 58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5.TXT'
