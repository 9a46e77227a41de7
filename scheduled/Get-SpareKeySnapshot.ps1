<#
.SYNOPSIS
    Writes what Windows says about BitLocker as one JSON document, recovery passwords included, to standard output.
.DESCRIPTION
    For piping into the program: the digits never touch a file, a PowerShell pipeline or a log. Needs administrator
    rights.
.EXAMPLE
    powershell.exe -NoProfile -File Get-SpareKeySnapshot.ps1 | spare-key check --dry-run
.OUTPUTS
    UTF-8 JSON without byte order mark on standard output. Exit code 0, or 11 when nothing could be collected.
#>
[CmdletBinding()]
param()
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only PowerShell's own modules: a planted one must not be loaded by an administrator.
$env:PSModulePath = [System.IO.Path]::Combine($PSHOME, 'Modules')
try {
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'SpareKey', 'SpareKey.psd1')) -Force
    Get-SpareKeySnapshot -StandardOutput
    exit 0
} catch {
    [System.Console]::Error.WriteLine('Cannot collect the snapshot: ' + $_.Exception.Message)
    if ($_.Exception.Data.Contains('SpareKeyExitCode')) {
        exit $_.Exception.Data['SpareKeyExitCode']
    }
    exit 1
}
