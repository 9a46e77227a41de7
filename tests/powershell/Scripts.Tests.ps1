BeforeDiscovery {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'scheduled'))
    $scripts = @([System.IO.Directory]::GetFiles($root, '*.ps*1', [System.IO.SearchOption]::AllDirectories) | Sort-Object |
            ForEach-Object -Process { @{ Path = $_; Name = $_.Substring($root.Length + 1) } })
    $public = @([System.IO.Directory]::GetFiles([System.IO.Path]::Combine($root, 'SpareKey', 'Public')) | Sort-Object |
            ForEach-Object -Process { @{ Name = [System.IO.Path]::GetFileNameWithoutExtension($_) } })
    $started = @([System.IO.Directory]::GetFiles($root, '*.ps1') | Sort-Object |
            ForEach-Object -Process { @{ Path = $_; Name = [System.IO.Path]::GetFileName($_) } })
}

BeforeAll {
    Set-StrictMode -Version 3.0
    foreach ($name in 'TestKit.psm1', 'ScriptCheck.psm1') {
        Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, $name)) -Force
    }
    Import-TestModule
    $module = Get-RepositoryPath scheduled SpareKey

    # What the scripts may call, all in Windows PowerShell 5.1 (Microsoft.PowerShell.Core, .Utility, .Management, .Security, .Diagnostics, CimCmdlets).
    $known = @{
        'Add-Type'            = @('AssemblyName')
        'Export-ModuleMember' = @('Function')
        'Get-Acl'             = @('LiteralPath')
        'Get-CimInstance'     = @()
        'Import-Module'       = @('Name', 'Force')
        'Get-ExecutionPolicy' = @('List')
        'Get-Item'            = @('LiteralPath', 'Force')
        'Get-ItemProperty'    = @('Path', 'Name', 'ErrorAction')
        'Get-WinEvent'        = @()
        'Invoke-CimMethod'    = @()
        'New-Object'          = @('TypeName', 'ArgumentList', 'ComObject')
        'New-PSDrive'         = @('Name', 'PSProvider', 'Root', 'Credential', 'Scope')
        'Read-Host'           = @('Prompt', 'AsSecureString')
        'Remove-PSDrive'      = @('Name', 'Scope', 'Force')
        'Set-Acl'             = @('LiteralPath', 'AclObject', 'WhatIf')
        'Set-StrictMode'      = @('Version')
        'Write-Warning'       = @('Message')
    }
    # Where each is documented: https://learn.microsoft.com/powershell/module/MODULE/COMMAND?view=powershell-5.1
    $documented = @{
        'Add-Type'            = 'Microsoft.PowerShell.Utility'
        'Export-ModuleMember' = 'Microsoft.PowerShell.Core'
        'Get-Acl'             = 'Microsoft.PowerShell.Security'
        'Get-CimInstance'     = 'CimCmdlets'
        'Get-ExecutionPolicy' = 'Microsoft.PowerShell.Security'
        'Get-Item'            = 'Microsoft.PowerShell.Management'
        'Get-ItemProperty'    = 'Microsoft.PowerShell.Management'
        'Get-WinEvent'        = 'Microsoft.PowerShell.Diagnostics'
        'Import-Module'       = 'Microsoft.PowerShell.Core'
        'Invoke-CimMethod'    = 'CimCmdlets'
        'New-Object'          = 'Microsoft.PowerShell.Utility'
        'New-PSDrive'         = 'Microsoft.PowerShell.Management'
        'Read-Host'           = 'Microsoft.PowerShell.Utility'
        'Remove-PSDrive'      = 'Microsoft.PowerShell.Management'
        'Set-Acl'             = 'Microsoft.PowerShell.Security'
        'Set-StrictMode'      = 'Microsoft.PowerShell.Core'
        'Write-Warning'       = 'Microsoft.PowerShell.Utility'
    }
    $own = @([System.IO.Directory]::GetFiles($module, '*.ps1', [System.IO.SearchOption]::AllDirectories) |
            ForEach-Object -Process { [System.IO.Path]::GetFileNameWithoutExtension($_) })
}

Describe 'The script <Name>' -ForEach $scripts {
    It 'is pure ASCII' {
        [System.IO.File]::ReadAllText($Path, [System.Text.Encoding]::Latin1) | Should -Not -Match '[^\r\n\x20-\x7e]'
    }

    It 'has the line ends of Windows' {
        [System.IO.File]::ReadAllText($Path) | Should -Not -Match '(?<!\r)\n'
    }

    It 'parses, and uses nothing that is banned' {
        @(Get-Violation -Path $Path -Known $known -Own $own) | Should -Be @()
    }
}

Describe 'The check for banned things' {
    It 'finds <_>' -ForEach @(
        '$a = $b ? 1 : 2'
        '$a = $b ?? 1'
        '$a ??= 1'
        '$a = ${b}?.Length'
        'Get-SpareKeyStatus && Get-SpareKeyHistory'
        'if ($IsWindows) { 1 }'
        'gci'
        'Get-ChildItem'
        'Invoke-Expression -Command x'
        'Add-Type -TypeDefinition x'
        'New-Object -Type x'
        'Write-Warning -Message $script:Secrets["a"]'
        'Write-JsonDocument -Tree @{ a = $script:Document }'
        'return $script:ProgramOutput'
        '& $command'
        '$a = [scriptblock]::Create("x")'
        "Set-StrictMode ```n -Version 3.0"
        "Get-SpareKeyStatus`n| Get-SpareKeyHistory"
        '"`e[0m"'
        '"`u{1F511}"'
        '$a = 10u'
        '$a = 0b1010'
        '"a".."f"'
        'Get-SpareKeyStatus &'
        'function x { clean { 1 } }'
        '$PSStyle.Reset'
        '$script:Secrets["a"] | Write-Warning'
        'function x { $script:Document }'
        'function x { "$($script:Secrets["a"])" }'
        'throw "no $($script:Secrets["a"])"'
        '$start.Arguments = "--password " + $script:Secrets["a"]'
        'Write-JsonDocument -Tree $script:Answer[''carry'']'
        'Write-Warning -Message $item[''contentBase64'']'
        '$environment["PASSWORD"] = $script:Secrets["a"]'
        '$shell.AddScript("1")'
        '$ExecutionContext.InvokeCommand.ExpandString($a)'
    ) {
        $file = [System.IO.Path]::Combine($TestDrive, 'bad.ps1')
        [System.IO.File]::WriteAllText($file, $_)
        @(Get-Violation -Path $file -Known $known -Own $own).Count | Should -BeGreaterThan 0
    }
}

Describe 'The commands that scripts may call' {
    It 'are documented for 5.1, each in its module' {
        @($known.Keys | Where-Object -FilterScript { -not $documented.ContainsKey($_) }) | Should -Be @()
    }

    It 'are in those modules in PowerShell 7, too, as far as this system has them' {
        $found = @(foreach ($name in $known.Keys) {
                foreach ($command in @(Get-Command -Name $name -CommandType Cmdlet -ErrorAction Ignore)) {
                    $command.Source | Should -BeExactly $documented[$name] -Because $name
                    # Of Windows alone.
                    foreach ($parameter in $known[$name] | Where-Object -FilterScript { $_ -ne 'ComObject' }) {
                        $command.Parameters.Keys | Should -Contain $parameter -Because $name
                    }
                    $name
                }
            })
        $found.Count | Should -BeGreaterThan 6
    }
}

Describe 'The module' {
    It 'has a manifest that is right for 5.1 and 7' {
        $manifest = Test-ModuleManifest -Path ([System.IO.Path]::Combine($module, 'SpareKey.psd1'))
        $manifest.PowerShellVersion | Should -Be ([version]'5.1')
        $manifest.CompatiblePSEditions | Should -Be @('Desktop', 'Core')
        $manifest.ExportedAliases.Count + $manifest.ExportedVariables.Count + $manifest.ExportedCmdlets.Count | Should -Be 0
    }

    It 'has the version of the program' {
        $config = [System.IO.File]::ReadAllText((Get-RepositoryPath deno.json)) | ConvertFrom-Json
        [string](Get-Module -Name SpareKey).Version | Should -BeExactly $config.version
    }

    It 'exports what lies in Public, by name in manifest and module' {
        $names = @([System.IO.Directory]::GetFiles([System.IO.Path]::Combine($module, 'Public')) |
                ForEach-Object -Process { [System.IO.Path]::GetFileNameWithoutExtension($_) } | Sort-Object)
        @((Import-PowerShellDataFile -Path ([System.IO.Path]::Combine($module, 'SpareKey.psd1'))).FunctionsToExport | Sort-Object) | Should -Be $names
        @((Get-Module -Name SpareKey).ExportedCommands.Keys | Sort-Object) | Should -Be $names
    }

    It 'has one function a file, of the same name, with approved verbs' {
        $verbs = @((Get-Verb).Verb) + 'Assert'
        foreach ($file in [System.IO.Directory]::GetFiles($module, '*.ps1', [System.IO.SearchOption]::AllDirectories)) {
            $functions = @((Find-Ast -Ast (Get-Ast -Path $file).Ast)['FunctionDefinitionAst'])
            $functions.Count | Should -Be 1 -Because $file
            $functions[0].Name | Should -BeExactly ([System.IO.Path]::GetFileNameWithoutExtension($file))
            $functions[0].Name.Split('-')[0] | Should -BeIn $verbs
            $functions[0].GetHelpContent().Synopsis | Should -Not -BeNullOrEmpty -Because $file
        }
    }

    It 'sets strict mode, and so do the scripts that are started' {
        foreach ($file in @([System.IO.Path]::Combine($module, 'SpareKey.psm1')) + [System.IO.Directory]::GetFiles((Get-RepositoryPath scheduled), '*.ps1')) {
            $text = [System.IO.File]::ReadAllText($file)
            $text | Should -Match '(?m)^Set-StrictMode -Version 3\.0\r?$' -Because $file
            $text | Should -Match "(?m)^\`$ErrorActionPreference = 'Stop'\r?$" -Because $file
        }
    }
}

Describe 'The help of <Name>' -ForEach $public {
    BeforeAll {
        $help = Get-Help -Name $Name -Full
    }

    It 'has synopsis, description, example and outputs' {
        $help.Synopsis | Should -Match '\.$'
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
        $help.examples.example[0].code | Should -Match $Name
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        $common = @([System.Management.Automation.PSCmdlet]::CommonParameters) + @([System.Management.Automation.PSCmdlet]::OptionalCommonParameters)
        foreach ($parameter in (Get-Command -Name $Name).Parameters.Keys | Where-Object -FilterScript { $_ -notin $common }) {
            $text = @($help.parameters.parameter | Where-Object -Property name -EQ $parameter)[0].description.Text
            $text | Should -Match '\.$|:$' -Because $parameter
        }
    }
}

Describe 'The script <_> that starts itself again in the 64-bit host' -ForEach 'Install-SpareKey.ps1', 'Uninstall-SpareKey.ps1', 'Invoke-SpareKey.ps1' {
    It 'hands over what it was given, and no switch that is off' {
        $loops = @((Find-Ast -Ast (Get-Ast -Path (Get-RepositoryPath scheduled $_)).Ast)['ForEachStatementAst'])
        $loop = @($loops | Where-Object -FilterScript { $_.Condition.Extent.Text -eq '$PSBoundParameters.Keys' })[0].Extent.Text
        $parameters = 'param([switch] $RemoveData, [switch] $KeepData, [string] $DataFolder, [string] $SmtpHost) '
        $again = [scriptblock]::Create($parameters + '$arguments = @()' + "`n" + $loop + "`n" + '$arguments')
        @(& $again -RemoveData:$false -KeepData -DataFolder 'D:\a b' -SmtpHost '') | Should -BeExactly @('-KeepData', '-DataFolder', 'D:\a b')
    }
}

Describe 'The help of the script <Name>' -ForEach $started {
    It 'has synopsis and description, and says what each parameter is' {
        $help = (Get-Ast -Path $Path).Ast.GetHelpContent()
        $help.Synopsis | Should -Match '\.\s*$'
        $help.Description | Should -Not -BeNullOrEmpty
        $block = (Get-Ast -Path $Path).Ast.ParamBlock
        foreach ($parameter in $(if ($null -ne $block) { $block.Parameters })) {
            $help.Parameters[$parameter.Name.VariablePath.UserPath.ToUpperInvariant()] | Should -Match '[.:]\s*$' -Because "$($parameter.Name)"
        }
    }
}
