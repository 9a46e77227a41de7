<#
.SYNOPSIS
    Discovery script of a custom compliance policy in Intune; Compliance-SpareKey.json holds its rules.
.DESCRIPTION
    One file, as Intune takes it: what it needs it takes from the installation. Where there is none, or its state cannot be
    read, the values say so, and the PC does not comply. They hold no secret and no name.
.EXAMPLE
    powershell.exe -NoProfile -ExecutionPolicy Bypass -File Compliance-SpareKey.ps1
.OUTPUTS
    One line of JSON with the names that the rules use. Exit code 0.
#>
[CmdletBinding()]
param()
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$env:PSModulePath = [System.IO.Path]::Combine($PSHOME, 'Modules')
# What a PC without Spare Key says. Versions are compared as versions by Intune, so there must be one.
$values = [ordered]@{
    SpareKeyInstalled          = $false
    SpareKeyVersion            = '0.0'
    SpareKeyTaskReady          = $false
    SpareKeySettingsUsable     = $false
    SpareKeyRunOverdue         = $true
    SpareKeyVolumesWithoutCopy = 0
}
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
    if (($null -ne $module) -and [System.IO.File]::Exists($module)) {
        Import-Module -Name $module -Force
        $health = Get-SpareKeyHealth -DataFolder ([string]$key.GetValue('DataFolder'))
        $values['SpareKeyInstalled'] = $true
        $values['SpareKeyVersion'] = $health.Version
        $values['SpareKeyTaskReady'] = ('missing', 'disabled') -notcontains $health.TaskState
        $values['SpareKeySettingsUsable'] = $health.SettingsUsable
        $values['SpareKeyRunOverdue'] = $health.RunOverdue
        $values['SpareKeyVolumesWithoutCopy'] = $health.VolumesWithoutCopy
    }
} catch {
    # The values above say that nothing is known to be well.
    $null = $_
}
Add-Type -AssemblyName System.Runtime.Serialization
$stream = New-Object -TypeName System.IO.MemoryStream
$encoding = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
$writer = [System.Runtime.Serialization.Json.JsonReaderWriterFactory]::CreateJsonWriter($stream, $encoding, $false)
$writer.WriteStartElement('root')
$writer.WriteAttributeString('type', 'object')
foreach ($entry in $values.GetEnumerator()) {
    $writer.WriteStartElement($entry.Key)
    if ($entry.Value -is [bool]) {
        $writer.WriteAttributeString('type', 'boolean')
    } elseif ($entry.Value -is [int]) {
        $writer.WriteAttributeString('type', 'number')
    } else {
        $writer.WriteAttributeString('type', 'string')
    }
    $writer.WriteValue($entry.Value)
    $writer.WriteEndElement()
}
$writer.WriteEndElement()
$writer.Flush()
[System.Console]::Out.WriteLine($encoding.GetString($stream.ToArray()))
exit 0
