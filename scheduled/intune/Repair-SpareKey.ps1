<#
.SYNOPSIS
    Remediation script for Intune: puts the installation of Spare Key right and starts the nightly run.
.DESCRIPTION
    Repairs rights, registry, event log and scheduled tasks from what is installed, and starts a run, which delivers what
    is owed. An installation that is missing or too old is a matter for the deployment of the program. One file, as Intune
    takes it. The line holds no secret and no name, and nothing is written to standard error.
.EXAMPLE
    powershell.exe -NoProfile -ExecutionPolicy Bypass -File Repair-SpareKey.ps1
.OUTPUTS
    One line of at most 2,000 characters. Exit code 0 repaired and started, 1 not.
#>
[CmdletBinding()]
param()
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$env:PSModulePath = [System.IO.Path]::Combine($PSHOME, 'Modules')
try {
    if ([System.Environment]::Is64BitOperatingSystem -and -not [System.Environment]::Is64BitProcess) {
        $shell = [System.IO.Path]::Combine($env:SystemRoot, 'sysnative\WindowsPowerShell\v1.0\powershell.exe')
        $arguments = @('-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', $PSCommandPath)
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
        [System.Console]::Out.WriteLine('Spare Key is not installed, or only in part: deploy it again')
        exit 1
    }
    Import-Module -Name $module -Force
    $repair = Repair-SpareKey -DataFolder ([string]$key.GetValue('DataFolder'))
    [System.Console]::Out.WriteLine($repair.Summary)
    exit [int](-not $repair.Done)
} catch {
    # Not the message: it may hold a name.
    [System.Console]::Out.WriteLine('Spare Key: not repaired ({0})', $_.Exception.GetType().Name)
    exit 1
}
