<#
.SYNOPSIS
    Installs, updates or repairs Spare Key from the unpacked release that this script lies in.
.DESCRIPTION
    Needs administrator rights. Run twice, the second time changes nothing. Settings that are there already stay. In a
    32-bit host on 64-bit Windows, such as the agent of Intune, it starts itself again in the 64-bit one.
.PARAMETER Test
    Changes nothing and lists what differs from a whole installation. Exit code 0 when nothing does, else 3.
.PARAMETER Get
    Changes nothing and shows what of Spare Key is on this PC.
.PARAMETER InPlace
    The files are where they belong already, put there by the MSI or another deployment tool.
.PARAMETER InstallFolder
    Where the program is to lie; by default "Spare Key" in Program Files.
.PARAMETER DataFolder
    Where ledger, archive, settings and secrets are to lie; by default "Spare Key" in ProgramData.
.PARAMETER SettingsFile
    A settings file to put there if there is none.
.PARAMETER MailTo
    Mail addresses, for settings without a file; several with commas.
.PARAMETER SmtpHost
    The mail server.
.PARAMETER SmtpPort
    The port of the mail server; by default 587.
.PARAMETER SmtpUser
    The user name at the mail server. The password is no parameter: Set-SpareKeySecret takes it afterwards.
.PARAMETER SmtpFrom
    The sender of the mails.
.PARAMETER SharePath
    A share for the reports, such as \\server\share. Wants Recipients.
.PARAMETER OneDriveUser
    Whose OneDrive gets the reports: a user name, a SID, or "any" (wants Recipients).
.PARAMETER Recipients
    Who can open sealed reports (age1...); several with commas.
.PARAMETER Force
    Also replaces settings, which stay beside as settings.former.json, and a newer version of the program.
.EXAMPLE
    powershell.exe -NoProfile -ExecutionPolicy Bypass -File Install-SpareKey.ps1 -SettingsFile D:\rollout\settings.json
.OUTPUTS
    One line a change on standard output, an error on standard error. Exit code 0 done, 2 refused, 3 done in part,
    10 settings, 12 ledger of a newer version.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [switch] $Test,
    [switch] $Get,
    [switch] $InPlace,
    [string] $InstallFolder,
    [string] $DataFolder,
    [string] $SettingsFile,
    [string[]] $MailTo,
    [string] $SmtpHost,
    [int] $SmtpPort,
    [string] $SmtpUser,
    [string] $SmtpFrom,
    [string] $SharePath,
    [string] $OneDriveUser,
    [string[]] $Recipients,
    [switch] $Force
)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Here, with what a constrained session may use: the rest would fail with an error that tells nobody why.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    Write-Warning -Message ('Cannot install Spare Key: App Control or AppLocker lets PowerShell run in the language mode ' +
        $ExecutionContext.SessionState.LanguageMode + ' only, which is not supported. Sign its scripts and allow the signer.')
    exit 2
}
# Only PowerShell's own modules: a planted one must not be loaded by an administrator.
$env:PSModulePath = [System.IO.Path]::Combine($PSHOME, 'Modules')
try {
    if ([System.Environment]::Is64BitOperatingSystem -and -not [System.Environment]::Is64BitProcess) {
        $shell = [System.IO.Path]::Combine($env:SystemRoot, 'sysnative\WindowsPowerShell\v1.0\powershell.exe')
        $arguments = @('-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', $PSCommandPath)
        foreach ($name in $PSBoundParameters.Keys) {
            $value = [string]::Join(',', @($PSBoundParameters[$name]))
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
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'SpareKey', 'SpareKey.psd1')) -Force
    $common = @{}
    foreach ($name in 'InstallFolder', 'DataFolder') {
        if ($PSBoundParameters.ContainsKey($name)) {
            $common[$name] = $PSBoundParameters[$name]
        }
    }
    if ($Get) {
        $common.Remove('InstallFolder')
        $found = Get-SpareKeyInstallation @common
        foreach ($fact in $found.PSObject.Properties) {
            if ($fact.Name -eq 'Tasks') {
                foreach ($task in $fact.Value) {
                    [System.Console]::Out.WriteLine('{0}: {1}', $task.Name, $task.State)
                }
            } else {
                [System.Console]::Out.WriteLine('{0}: {1}', $fact.Name, $fact.Value)
            }
        }
        exit 0
    }
    if ($Test) {
        $differences = @(Test-SpareKeyInstallation @common)
        foreach ($difference in $differences) {
            [System.Console]::Out.WriteLine($difference.Text)
        }
        if ($differences.Count -gt 0) {
            exit 3
        }
        [System.Console]::Out.WriteLine('Nothing differs')
        exit 0
    }
    $setup = Install-SpareKey @PSBoundParameters
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
    if ($WhatIfPreference) {
        [System.Console]::Out.WriteLine('Nothing was changed')
    } elseif (($setup.ExitCode -eq 0) -and ($setup.Changes.Count -eq 0)) {
        [System.Console]::Out.WriteLine('Spare Key {0} is installed; nothing had to be changed', $setup.Version)
    } elseif ($setup.ExitCode -eq 0) {
        [System.Console]::Out.WriteLine('Spare Key {0} is installed; all of the above was put right', $setup.Version)
    }
    exit $setup.ExitCode
} catch {
    [System.Console]::Error.WriteLine('Spare Key was not installed: ' + $_.Exception.Message)
    if ($_.Exception.Data.Contains('SpareKeyExitCode')) {
        exit $_.Exception.Data['SpareKeyExitCode']
    }
    exit 1
}
