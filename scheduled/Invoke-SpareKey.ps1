<#
.SYNOPSIS
    The nightly job: runs Spare Key once, prints what was found, and exits with the code of the run.
.DESCRIPTION
    Started by the scheduled task as SYSTEM. In a 32-bit host on 64-bit Windows, where BitLocker's classes are
    unreliable and the registry is another, it starts itself again in the 64-bit one.
.PARAMETER DataFolder
    Where ledger, archive, logs and secrets lie; by default "Spare Key" in ProgramData.
.PARAMETER DenoPath
    The Deno program; by default deno.exe beside this script.
.PARAMETER ProgramPath
    The bundled program; by default main.js beside this script.
.PARAMETER SettingsFile
    The settings file; by default settings.json in the data folder.
.PARAMETER TimeLimitSeconds
    After this many seconds the run ends; by default 900.
.PARAMETER EventTime
    When the event was written that started this run; the scheduled task hands it over. A run whose last snapshot is
    younger ends at once. Anything that is no time counts as none.
.PARAMETER DryRun
    Only tells what would be written and sent.
.EXAMPLE
    powershell.exe -NoProfile -NonInteractive -File Invoke-SpareKey.ps1
.OUTPUTS
    One line a change and a finding on standard output, an error on standard error.
#>
[CmdletBinding()]
param(
    [string] $DataFolder,
    [string] $DenoPath,
    [string] $ProgramPath,
    [string] $SettingsFile,
    [int] $TimeLimitSeconds,
    [string] $EventTime,
    [switch] $DryRun
)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only PowerShell's own modules: a planted one must not be loaded by SYSTEM.
$env:PSModulePath = [System.IO.Path]::Combine($PSHOME, 'Modules')
try {
    if ([System.Environment]::Is64BitOperatingSystem -and -not [System.Environment]::Is64BitProcess) {
        $shell = [System.IO.Path]::Combine($env:SystemRoot, 'sysnative\WindowsPowerShell\v1.0\powershell.exe')
        $arguments = @('-NoProfile', '-NonInteractive', '-File', $PSCommandPath)
        foreach ($name in $PSBoundParameters.Keys) {
            $value = [string]$PSBoundParameters[$name]
            # Windows PowerShell drops an empty argument, and its name would take the next one. The name of a switch turns it on.
            if (($value.Length -eq 0) -or (($PSBoundParameters[$name] -is [switch]) -and -not $PSBoundParameters[$name])) {
                continue
            }
            $arguments += "-$name"
            if ($PSBoundParameters[$name] -isnot [switch]) {
                $arguments += $value
            }
        }
        & $shell $arguments
        exit $LASTEXITCODE
    }
    try {
        [System.Console]::OutputEncoding = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
    } catch [System.IO.IOException] {
        # A task without a console has no code page to set, and nobody reads along.
        $null = $_
    }
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'SpareKey', 'SpareKey.psd1')) -Force
    $run = Invoke-SpareKey @PSBoundParameters
    foreach ($item in @($run.Changes) + @($run.Findings)) {
        [System.Console]::Out.WriteLine($item.Text)
    }
    if ($null -ne $run.Error) {
        [System.Console]::Error.WriteLine($run.Error)
    }
    if ($null -ne $run.Hint) {
        [System.Console]::Error.WriteLine('  ' + $run.Hint)
    }
    if ($run.Abandoned.Count -gt 0) {
        # A call to a dead server hangs on in a thread of its own and must not hold this process.
        [System.Environment]::Exit($run.ExitCode)
    }
    exit $run.ExitCode
} catch {
    [System.Console]::Error.WriteLine('Spare Key failed: ' + $_.Exception.Message)
    exit 1
}
