<#
.SYNOPSIS
    Removes Spare Key from this PC. Ledger and archive stay unless they are named.
.DESCRIPTION
    Needs administrator rights. Where somebody sits at the console it asks about ledger and archive; where nobody does
    they stay. A removal that was cut off can be run again. Reports at shares, in OneDrive folders and in mails stay.
.PARAMETER KeepData
    Keeps ledger and archive without asking.
.PARAMETER RemoveData
    Removes ledger and archive without asking.
.PARAMETER InPlace
    Leaves the program folder and the registry key to the MSI or deployment tool that calls this.
.PARAMETER StopOnly
    Only disables the tasks and ends their runs, so that files can be replaced. Install-SpareKey.ps1 enables them again.
.PARAMETER InstallFolder
    Where the program lies; by default as the registry says.
.PARAMETER DataFolder
    Where ledger, archive, settings and secrets lie; by default as the registry says.
.EXAMPLE
    powershell.exe -NoProfile -ExecutionPolicy Bypass -File "C:\Program Files\Spare Key\Uninstall-SpareKey.ps1" -KeepData
.OUTPUTS
    One line for what was removed on standard output, an error on standard error. Exit code 0 done, 2 refused, 3 done in
    part.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [switch] $KeepData,
    [switch] $RemoveData,
    [switch] $InPlace,
    [switch] $StopOnly,
    [string] $InstallFolder,
    [string] $DataFolder
)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only PowerShell's own modules: a planted one must not be loaded by an administrator.
$env:PSModulePath = [System.IO.Path]::Combine($PSHOME, 'Modules')
try {
    if ([System.Environment]::Is64BitOperatingSystem -and -not [System.Environment]::Is64BitProcess) {
        $shell = [System.IO.Path]::Combine($env:SystemRoot, 'sysnative\WindowsPowerShell\v1.0\powershell.exe')
        $arguments = @('-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', $PSCommandPath)
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
    if ($KeepData -and $RemoveData) {
        [System.Console]::Error.WriteLine('Cannot both keep and remove ledger and archive: give one of -KeepData and -RemoveData')
        exit 2
    }
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'SpareKey', 'SpareKey.psd1')) -Force
    # This folder is about to go.
    [System.Environment]::CurrentDirectory = [System.Environment]::SystemDirectory
    $silent = [System.Environment]::GetCommandLineArgs() -like '-noni*'
    $asks = [System.Environment]::UserInteractive -and -not $silent -and -not [System.Console]::IsInputRedirected
    if ($asks -and -not $KeepData -and -not $RemoveData -and -not $StopOnly -and -not $WhatIfPreference) {
        [System.Console]::Out.WriteLine('Ledger and archive hold every recovery key that this PC ever had, sealed. Old backups of a drive may need an old key.')
        [System.Console]::Out.Write('Type "remove" to remove them, too; anything else keeps them: ')
        $RemoveData = [System.Console]::In.ReadLine() -eq 'remove'
    }
    $place = @{ InstallFolder = $InstallFolder; DataFolder = $DataFolder; WhatIf = $WhatIfPreference }
    $setup = Uninstall-SpareKey @place -RemoveData:$RemoveData -InPlace:$InPlace -StopOnly:$StopOnly
    foreach ($text in $setup.Changes) {
        [System.Console]::Out.WriteLine($text)
    }
    foreach ($text in $setup.Remarks) {
        [System.Console]::Out.WriteLine('Note: ' + $text)
    }
    if ($null -ne $setup.Error) {
        [System.Console]::Error.WriteLine($setup.Error)
    }
    if (-not [string]::IsNullOrEmpty($setup.Hint)) {
        [System.Console]::Error.WriteLine('  ' + $setup.Hint)
    }
    if (($setup.ExitCode -eq 0) -and ($setup.Changes.Count -eq 0)) {
        [System.Console]::Out.WriteLine('Nothing was changed')
    }
    exit $setup.ExitCode
} catch {
    [System.Console]::Error.WriteLine('Spare Key was not removed: ' + $_.Exception.Message)
    if ($_.Exception.Data.Contains('SpareKeyExitCode')) {
        exit $_.Exception.Data['SpareKeyExitCode']
    }
    exit 1
}
