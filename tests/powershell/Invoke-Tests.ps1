<#
.SYNOPSIS
    Runs all tests of this folder, says which failed, and ends with "powershell: N passed, N failed".
.PARAMETER Name
    Only files whose name contains this text.
.PARAMETER Except
    Files that are left out, by what stands before .Tests.ps1, with commas.
.PARAMETER Slow
    Also lists the tests that took longest.
#>
[CmdletBinding()]
param([string] $Name = '', [string] $Except = '', [switch] $Slow)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
Import-Module -Name Pester -RequiredVersion 6.2.0
$configuration = New-PesterConfiguration
$exceptions = @($Except -split ',' | ForEach-Object -Process { "$_.Tests.ps1" })
$files = @([System.IO.Directory]::GetFiles($PSScriptRoot, "*$Name*.Tests.ps1") |
        Where-Object -FilterScript { $exceptions -notcontains [System.IO.Path]::GetFileName($_) })
if ([string]::IsNullOrEmpty($env:SPARE_KEY_FRAMEWORK)) {
    # What it compares with is fetched by run.ts alone.
    $files = @($files | Where-Object -FilterScript { $_ -notlike '*Framework.Tests.ps1' })
}
$configuration.Run.Path = $files
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = if ($Slow) { 'Detailed' } else { 'None' }
$result = Invoke-Pester -Configuration $configuration
foreach ($test in $result.Failed) {
    [Console]::Out.WriteLine('FAILED ' + $test.ExpandedPath)
    foreach ($record in $test.ErrorRecord) {
        [Console]::Out.WriteLine('  ' + $record.DisplayErrorMessage.Replace("`n", "`n  "))
        [Console]::Out.WriteLine('  ' + $record.DisplayStackTrace.Replace("`n", "`n  "))
    }
}
foreach ($part in @($result.FailedContainers) + @($result.FailedBlocks)) {
    [Console]::Out.WriteLine("FAILED $part")
    foreach ($record in $part.ErrorRecord) {
        [Console]::Out.WriteLine('  ' + $record.ToString())
        [Console]::Out.WriteLine('  ' + $record.ScriptStackTrace)
    }
}
foreach ($test in @($result.Skipped) + @($result.NotRun) + @($result.Inconclusive)) {
    [Console]::Out.WriteLine('NOT RUN ' + $test.ExpandedPath)
}
if ($Slow) {
    foreach ($test in @($result.Tests | Sort-Object -Property Duration -Descending | Select-Object -First 12)) {
        [Console]::Out.WriteLine(('{0,6:n0} ms {1}' -f $test.Duration.TotalMilliseconds, $test.ExpandedPath))
    }
}
$idle = $result.SkippedCount + $result.NotRunCount + $result.InconclusiveCount
$failed = $result.TotalCount - $result.PassedCount
if (($result.FailedContainersCount -gt 0) -or ($result.FailedBlocksCount -gt 0)) {
    $failed = [Math]::Max($failed, 1)
}
[Console]::Out.WriteLine(('{0} tests in {1:n1} s, {2} not run' -f $result.TotalCount, $result.Duration.TotalSeconds, $idle))
[Console]::Out.WriteLine("powershell: $($result.PassedCount) passed, $failed failed")
exit [int](($failed -gt 0) -or ($result.PassedCount -eq 0))
