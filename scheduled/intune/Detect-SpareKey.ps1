<#
.SYNOPSIS
    Detection script of a remediation in Intune: says in one line whether Spare Key on this PC does what it should.
.DESCRIPTION
    Exit code 1 starts Repair-SpareKey.ps1. One file, as Intune takes it: what it needs it takes from the installation, and
    where there is none it says so. The line holds no secret and no name, and nothing is written to standard error.
.PARAMETER ExpectedVersion
    An installed version below this one is a problem. Set it here before the upload.
.EXAMPLE
    powershell.exe -NoProfile -ExecutionPolicy Bypass -File Detect-SpareKey.ps1
.OUTPUTS
    One line of at most 2,000 characters. Exit code 0 all is well, 1 something is to be repaired.
#>
[CmdletBinding()]
param([string] $ExpectedVersion = '1.0.0')
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$env:PSModulePath = [System.IO.Path]::Combine($PSHOME, 'Modules')
try {
    if ([System.Environment]::Is64BitOperatingSystem -and -not [System.Environment]::Is64BitProcess) {
        $shell = [System.IO.Path]::Combine($env:SystemRoot, 'sysnative\WindowsPowerShell\v1.0\powershell.exe')
        $arguments = @('-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', $PSCommandPath, '-ExpectedVersion', $ExpectedVersion)
        & $shell $arguments
        exit $LASTEXITCODE
    }
    $view = [Microsoft.Win32.RegistryView]::Registry64
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, $view)
    $key = $root.OpenSubKey('SOFTWARE\Spare Key')
    $module = $null
    if ($null -ne $key) {
        $module = [System.IO.Path]::Combine([string]$key.GetValue('InstallFolder'), 'SpareKey', 'SpareKey.psd1')
    }
    if (($null -eq $module) -or -not [System.IO.File]::Exists($module)) {
        [System.Console]::Out.WriteLine('Spare Key is not installed, or only in part')
        exit 1
    }
    $installed = [System.Version]'0.0'
    if (-not [System.Version]::TryParse([string]$key.GetValue('Version'), [ref]$installed) -or ($installed -lt [System.Version]$ExpectedVersion)) {
        [System.Console]::Out.WriteLine('Spare Key {0}: version is older than {1}', $installed, $ExpectedVersion)
        exit 1
    }
    Import-Module -Name $module -Force
    $health = Get-SpareKeyHealth -ExpectedVersion $ExpectedVersion -DataFolder ([string]$key.GetValue('DataFolder'))
    [System.Console]::Out.WriteLine($health.Summary)
    exit [int](-not $health.Healthy)
} catch {
    # Not the message: it may hold a name.
    [System.Console]::Out.WriteLine('Spare Key: the state could not be read ({0})', $_.Exception.GetType().Name)
    exit 1
}
