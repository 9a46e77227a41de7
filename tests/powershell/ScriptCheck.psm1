<#
    What is banned in scripts, as far as their syntax tree shows it: what Windows PowerShell 5.1 cannot read, commands and
    parameters that nobody allowed, code from text, secrets where the logs of Windows would record them.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# Variables of the module that hold secrets, and what such a variable looks like in a text.
$script:SecretNames = @('script:Secrets', 'script:Document', 'script:ProgramOutput', 'script:ProgramTalk')
$script:SecretText = '\$script:(Secrets|Document|ProgramOutput|ProgramTalk)\b(?!\.Length)'

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

function Get-Violation {
    # What in a script is banned: syntax newer than 5.1, aliases, unknown commands, code from text, secrets as arguments.
    # Known: parameters by command; Own: the module's functions.
    param([string] $Path, [hashtable] $Known, [string[]] $Own)
    $parsed = Get-Ast -Path $Path
    $before = $null
    foreach ($token in $parsed.Tokens) {
        if ($token.Kind -in 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr', 'QuestionMark') {
            "syntax of PowerShell 7: $($token.Text)"
        }
        if ($token.Kind -eq 'LineContinuation') {
            'backtick'
        }
        if (($token.Kind -eq 'Pipe') -and ($null -ne $before) -and ($before.Kind -eq 'NewLine')) {
            'syntax of PowerShell 7: a line that begins with |'
        }
        if (($token.Kind -like 'String*Expandable') -and ($token.Text -match '(?<!`)(``)*`(e|u\{)')) {
            "escape that 5.1 lacks: $($token.Text)"
        }
        $before = $token
    }
    $nodes = Find-Ast -Ast $parsed.Ast
    # A script that stands alone has functions of its own.
    $Own += @($nodes['FunctionDefinitionAst'] | Where-Object -FilterScript { $null -ne $_ } | ForEach-Object -Process { $_.Name })
    foreach ($type in 'TernaryExpressionAst', 'PipelineChainAst') {
        foreach ($node in $nodes[$type]) {
            "syntax of PowerShell 7: $node"
        }
    }
    foreach ($node in $nodes['ConstantExpressionAst']) {
        if ($node.Extent.Text -match '^[+-]?(0b|\d+(u|y|n|s|ul|us|uy)$)') {
            "number that 5.1 cannot read: $node"
        }
    }
    foreach ($node in $nodes['BinaryExpressionAst']) {
        if (($node.Operator -eq 'DotDot') -and ($node.Left.GetType().Name -eq 'StringConstantExpressionAst')) {
            "range of characters, which 5.1 lacks: $node"
        }
    }
    foreach ($node in $nodes['ScriptBlockAst']) {
        if ($null -ne $node.CleanBlock) {
            'syntax of PowerShell 7: clean'
        }
    }
    foreach ($node in $nodes['VariableExpressionAst']) {
        # The digits' rule, as far as it can be read off: these variables hold secrets.
        if (($node.VariablePath.UserPath -in $script:SecretNames) -and (Test-Argument -Node $node)) {
            "secret as an argument: $($node.Parent)"
        }
        if ($node.VariablePath.UserPath -in 'IsWindows', 'IsLinux', 'IsMacOS', 'IsCoreCLR', 'PSStyle', 'PSNativeCommandArgumentPassing',
            'PSNativeCommandUseErrorActionPreference', 'EnabledExperimentalFeatures') {
            "variable that 5.1 lacks: $node"
        }
    }
    foreach ($node in $nodes['PipelineAst']) {
        if ($node.Background) {
            "syntax of PowerShell 7: $node"
        }
        $first = $node.PipelineElements[0]
        if (($first.GetType().Name -ne 'CommandExpressionAst') -or ("$first" -notmatch $script:SecretText)) {
            continue
        }
        # A variable, a member or an element alone is output; a call or assignment is not, and a comparison gives no secret.
        $alone = ($node.Parent.GetType().Name -in 'NamedBlockAst', 'StatementBlockAst') -and
            ($first.Expression.GetType().Name -in 'VariableExpressionAst', 'MemberExpressionAst', 'IndexExpressionAst', 'ExpandableStringExpressionAst')
        if (($node.PipelineElements.Count -gt 1) -or $alone) {
            "secret in a pipeline: $node"
        }
    }
    foreach ($node in $nodes['AssignmentStatementAst']) {
        if (("$($node.Left)" -match '\.(Arguments|FileName)$|[eE]nvironment') -and ("$($node.Right)" -match $script:SecretText)) {
            "secret as an argument of a program: $node"
        }
    }
    foreach ($node in $nodes['ThrowStatementAst']) {
        if ("$node" -match $script:SecretText) {
            "secret in an error: $node"
        }
    }
    foreach ($node in $nodes['InvokeMemberExpressionAst']) {
        if ("$($node.Member)" -in 'AddScript', 'InvokeScript', 'NewScriptBlock', 'ExpandString') {
            "code from text: $node"
        }
    }
    foreach ($command in $nodes['CommandAst']) {
        $name = $command.GetCommandName()
        if ($null -eq $name) {
            # ". $file" of the module and "& $shell" of the nightly job.
            if ($command.Extent.Text -notin '. $file', '& $shell $arguments') {
                "call of a value: $command"
            }
        } elseif ($name -notin $Own) {
            if (-not $Known.ContainsKey($name)) {
                "unknown command or alias: $name"
                continue
            }
            foreach ($element in $command.CommandElements) {
                if (($element.GetType().Name -eq 'CommandParameterAst') -and ($element.ParameterName -cnotin $Known[$name])) {
                    "unknown or shortened parameter: $name -$($element.ParameterName)"
                }
            }
        }
    }
    foreach ($node in $nodes['IndexExpressionAst']) {
        # Of the program's answer: reports to carry, and a new archive key.
        if (("$($node.Index)" -in "'carry'", "'contentBase64'", "'identity'") -and (Test-Argument -Node $node)) {
            "secret as an argument: $node"
        }
    }
    foreach ($node in $nodes['ReturnStatementAst']) {
        if ("$node" -match $script:SecretText) {
            "secret as output: $node"
        }
    }
    foreach ($node in $nodes['TypeExpressionAst']) {
        if ("$node" -match 'ScriptBlock') {
            "code from text: $node"
        }
    }
}

Export-ModuleMember -Function @('Get-Ast', 'Find-Ast', 'Get-Violation')
