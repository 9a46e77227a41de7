<#
.SYNOPSIS
    Times the parts of a nightly run with recorded answers of CIM and of the event log, and prints one line of numbers:
    milliseconds to load the module, to collect the snapshot, of Deno with an empty program, and of a whole quiet run.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [string] $Module,
    [Parameter(Mandatory = $true)] [string] $DataFolder,
    [Parameter(Mandatory = $true)] [string] $DenoPath,
    [Parameter(Mandatory = $true)] [string] $ProgramPath,
    # An empty program.
    [Parameter(Mandatory = $true)] [string] $EmptyPath
)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'CimReplay.psm1')), ([System.IO.Path]::Combine($PSScriptRoot, 'EventReplay.psm1')) -Global
Import-CimRecording -Path ([System.IO.Path]::Combine($PSScriptRoot, '..', 'testdata', 'cim', 'good.json'))
$clock = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module -Name $Module
$load = $clock.ElapsedMilliseconds
$clock.Restart()
[void](Get-SpareKeySnapshot)
$collect = $clock.ElapsedMilliseconds
$env:DENO_DISABLE_NODE_SHIM = '1'
$clock.Restart()
& $DenoPath run --quiet --no-config $EmptyPath
$deno = $clock.ElapsedMilliseconds
$clock.Restart()
$run = Invoke-SpareKey -DataFolder $DataFolder -DenoPath $DenoPath -ProgramPath $ProgramPath
if ($run.ExitCode -ne 0) {
    throw "The run ended with $($run.ExitCode): $($run.Error)"
}
[System.Console]::Out.WriteLine('{0} {1} {2} {3}', $load, $collect, $deno, $clock.ElapsedMilliseconds)
