<#
    Collects what Windows says and starts the program that decides.

    The rule of this module: digits of recovery passwords and other secrets never pass a parameter, a pipeline, a
    function's output or an error record, since module logging (event 4103) and transcripts record those. They stay in
    the module variables below and in .NET calls. Everything else is a tree of ordered dictionaries in which
    an object with the property Secret stands for the value of that name in $script:Secrets until the JSON is written.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Windows PowerShell does not load these by itself; the second holds DPAPI.
Add-Type -AssemblyName System.Runtime.Serialization
Add-Type -AssemblyName System.Security

# Secret texts by name: recovery passwords, the mail password, the archive key, the text of the settings file.
$script:Secrets = [System.Collections.Generic.Dictionary[string,string]]::new()
# UTF-8 bytes of the JSON document written last.
$script:Document = [byte[]]@()
# What the program wrote to stdout (bytes) and stderr (text), and the answer read from the former.
$script:ProgramOutput = [byte[]]@()
$script:ProgramTalk = ''
$script:Answer = $null
# Names of places that did not answer in time: what was started for them may still hang, and they are not tried again.
$script:Abandoned = [System.Collections.Generic.HashSet[string]]::new()

foreach ($folder in 'Private', 'Public') {
    foreach ($file in [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($PSScriptRoot, $folder), '*.ps1')) {
        . $file
    }
}

Export-ModuleMember -Function @(
    'Find-SpareKey'
    'Get-SpareKeyHealth'
    'Get-SpareKeyHistory'
    'Get-SpareKeyInstallation'
    'Get-SpareKeySnapshot'
    'Get-SpareKeyStatus'
    'Install-SpareKey'
    'Invoke-SpareKey'
    'Repair-SpareKey'
    'Set-SpareKeySecret'
    'Test-SpareKeyInstallation'
    'Uninstall-SpareKey'
)
