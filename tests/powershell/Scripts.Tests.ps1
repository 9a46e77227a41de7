BeforeDiscovery {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'scheduled'))
    $scripts = @([System.IO.Directory]::GetFiles($root, '*.ps*1', [System.IO.SearchOption]::AllDirectories) | Sort-Object |
            ForEach-Object -Process { @{ Path = $_; Name = $_.Substring($root.Length + 1) } })
    $public = @([System.IO.Directory]::GetFiles([System.IO.Path]::Combine($root, 'SpareKey', 'Public')) | Sort-Object |
            ForEach-Object -Process { @{ Name = [System.IO.Path]::GetFileNameWithoutExtension($_) } })
}

BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    $module = Get-RepositoryPath scheduled SpareKey

    function Get-Ast {
        # The syntax tree of a script; throws when it does not parse.
        param([string] $Path)
        $tokens = $null
        $problems = $null
        $ast = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref]$tokens, [ref]$problems)
        if ($problems.Count -gt 0) {
            throw "$Path does not parse: $($problems[0].Message)"
        }
        return @{ Ast = $ast; Tokens = $tokens }
    }

    function Find-Ast {
        # All nodes of a tree, by the short name of their type.
        param($Ast)
        $found = @{}
        foreach ($node in $Ast.FindAll({ $true }, $true)) {
            $found[$node.GetType().Name] += @($node)
        }
        return $found
    }

    function Test-Argument {
        # Whether a node is part of a command's arguments: the nearest command or block above it is a command.
        param($Node)
        while (($null -ne $Node) -and ($Node.GetType().Name -notin 'CommandAst', 'StatementBlockAst', 'NamedBlockAst')) {
            $Node = $Node.Parent
        }
        return ($null -ne $Node) -and ($Node.GetType().Name -eq 'CommandAst')
    }

    # What the scripts may call, all in Windows PowerShell 5.1 (Microsoft.PowerShell.Core, .Utility, .Security, CimCmdlets).
    $known = @{
        'Add-Type'            = @('AssemblyName')
        'Export-ModuleMember' = @('Function')
        'Get-Acl'             = @('LiteralPath')
        'Get-CimInstance'     = @()
        'Import-Module'       = @('Name', 'Force')
        'Invoke-CimMethod'    = @()
        'New-Object'          = @('TypeName', 'ArgumentList')
        'Set-StrictMode'      = @('Version')
        'Write-Warning'       = @('Message')
    }
    $own = @([System.IO.Directory]::GetFiles($module, '*.ps1', [System.IO.SearchOption]::AllDirectories) |
            ForEach-Object -Process { [System.IO.Path]::GetFileNameWithoutExtension($_) })

    function Get-Violation {
        # What in a script is banned: syntax newer than 5.1, aliases, unknown commands, code from text, secrets as arguments.
        param([string] $Path)
        $parsed = Get-Ast -Path $Path
        foreach ($token in $parsed.Tokens) {
            if ($token.Kind -in 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr', 'QuestionMark') {
                "syntax of PowerShell 7: $($token.Text)"
            }
            if ($token.Kind -eq 'LineContinuation') {
                'backtick'
            }
        }
        $nodes = Find-Ast -Ast $parsed.Ast
        foreach ($type in 'TernaryExpressionAst', 'PipelineChainAst') {
            foreach ($node in $nodes[$type]) {
                "syntax of PowerShell 7: $node"
            }
        }
        foreach ($node in $nodes['VariableExpressionAst']) {
            # The digits' rule, as far as it can be read off: these variables hold secrets.
            if (($node.VariablePath.UserPath -in 'script:Secrets', 'script:Document', 'script:ProgramOutput', 'script:ProgramTalk') -and (Test-Argument -Node $node)) {
                "secret as an argument: $($node.Parent)"
            }
            if ($node.VariablePath.UserPath -in 'IsWindows', 'IsLinux', 'IsMacOS', 'IsCoreCLR') {
                "variable that 5.1 lacks: $node"
            }
        }
        foreach ($command in $nodes['CommandAst']) {
            $name = $command.GetCommandName()
            if ($null -eq $name) {
                # ". $file" of the module and "& $shell" of the nightly job.
                if ($command.Extent.Text -notin '. $file', '& $shell $arguments') {
                    "call of a value: $command"
                }
            } elseif ($name -notin $own) {
                if (-not $known.ContainsKey($name)) {
                    "unknown command or alias: $name"
                    continue
                }
                foreach ($element in $command.CommandElements) {
                    if (($element.GetType().Name -eq 'CommandParameterAst') -and ($element.ParameterName -cnotin $known[$name])) {
                        "unknown or shortened parameter: $name -$($element.ParameterName)"
                    }
                }
            }
        }
        foreach ($node in $nodes['ReturnStatementAst']) {
            if ("$node" -match '\$script:(Secrets|Document|ProgramOutput|ProgramTalk)\b(?!\.Length)') {
                "secret as output: $node"
            }
        }
        foreach ($node in $nodes['TypeExpressionAst']) {
            if ("$node" -match 'ScriptBlock') {
                "code from text: $node"
            }
        }
    }
}

Describe 'The script <Name>' -ForEach $scripts {
    It 'is pure ASCII' {
        [System.IO.File]::ReadAllText($Path, [System.Text.Encoding]::Latin1) | Should -Not -Match '[^\r\n\x20-\x7e]'
    }

    It 'has the line ends of Windows' {
        [System.IO.File]::ReadAllText($Path) | Should -Not -Match '(?<!\r)\n'
    }

    It 'parses, and uses nothing that is banned' {
        @(Get-Violation -Path $Path) | Should -Be @()
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
    ) {
        $file = [System.IO.Path]::Combine($TestDrive, 'bad.ps1')
        [System.IO.File]::WriteAllText($file, $_)
        @(Get-Violation -Path $file).Count | Should -BeGreaterThan 0
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
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters
        foreach ($parameter in (Get-Command -Name $Name).Parameters.Keys | Where-Object -FilterScript { $_ -notin $common }) {
            $text = @($help.parameters.parameter | Where-Object -Property name -EQ $parameter)[0].description.Text
            $text | Should -Match '\.$|:$' -Because $parameter
        }
    }
}
