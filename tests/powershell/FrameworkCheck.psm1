<#
    Holds scripts against Windows PowerShell 5.1 on .NET Framework 4.8: each type, member and number of arguments that can
    be read off a script must be there, each type in an assembly that is loaded. Import-Framework comes first.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Get-ExpressionType {
    # The type of an expression where it can be read off; else $null. Problems inside it are added.
    param($Node, [hashtable] $Scope)
    if (-not $Scope.Known.ContainsKey($Node)) {
        $Scope.Known[$Node] = Read-ExpressionType -Node $Node -Scope $Scope
    }
    return $Scope.Known[$Node]
}

function Read-ExpressionType {
    param($Node, [hashtable] $Scope)
    $problems = $Scope.Problem
    switch ($Node.GetType().Name) {
        'ConstantExpressionAst' { return Find-Type -Name $Node.StaticType.FullName }
        'StringConstantExpressionAst' { return Find-Type -Name 'System.String' }
        'ExpandableStringExpressionAst' { return Find-Type -Name 'System.String' }
        'HashtableAst' { return Find-Type -Name 'System.Collections.Hashtable' }
        'ArrayLiteralAst' { return (Find-Type -Name 'System.Object').MakeArrayType() }
        'ArrayExpressionAst' { return (Find-Type -Name 'System.Object').MakeArrayType() }
        'ConvertExpressionAst' { return Resolve-Type -TypeName $Node.Type.TypeName -Problem $problems -Loaded $Scope.Loaded }
        'ParenExpressionAst' { return Get-PipelineType -Node $Node.Pipeline -Scope $Scope }
        'PipelineAst' { return Get-PipelineType -Node $Node -Scope $Scope }
        'CommandExpressionAst' { return Get-ExpressionType -Node $Node.Expression -Scope $Scope }
        'VariableExpressionAst' { return Get-VariableType -Node $Node -Scope $Scope }
        'BinaryExpressionAst' {
            if ($Node.Operator -in 'Format', 'Join') {
                return Find-Type -Name 'System.String'
            }
            if ($Node.Operator -eq 'As') {
                return $(if ($Node.Right -is [System.Management.Automation.Language.TypeExpressionAst]) {
                        Resolve-Type -TypeName $Node.Right.TypeName -Problem $problems -Loaded $Scope.Loaded
                    })
            }
            $left = Get-ExpressionType -Node $Node.Left -Scope $Scope
            return $(if (($Node.Operator -eq 'Plus') -and ($null -ne $left) -and ($left.FullName -eq 'System.String')) { $left })
        }
        'IndexExpressionAst' {
            $target = Get-ExpressionType -Node $Node.Target -Scope $Scope
            return $(if (($null -ne $target) -and $target.IsArray) { $target.GetElementType() })
        }
        'MemberExpressionAst' {
            $owner = Get-OwnerType -Node $Node -Scope $Scope
            if (($null -eq $owner) -or ($Node.Member -isnot [System.Management.Automation.Language.StringConstantExpressionAst])) {
                return $null
            }
            return Get-PropertyType -Type $owner -Name $Node.Member.Value -Static $Node.Static -Problem $problems
        }
        'InvokeMemberExpressionAst' {
            $owner = Get-OwnerType -Node $Node -Scope $Scope
            if (($null -eq $owner) -or ($Node.Member -isnot [System.Management.Automation.Language.StringConstantExpressionAst])) {
                return $null
            }
            $arguments = Get-ArgumentType -Node @($Node.Arguments | Where-Object -FilterScript { $null -ne $_ }) -Scope $Scope
            return Get-ReturnType -Type $owner -Name $Node.Member.Value -Static $Node.Static -Argument $arguments -Problem $problems
        }
    }
    return $null
}

function Get-ArgumentType {
    # One type an argument, $null where it cannot be read off.
    param([object[]] $Node, [hashtable] $Scope)
    $types = [object[]]::new($Node.Count)
    for ($index = 0; $index -lt $Node.Count; $index++) {
        $types[$index] = Get-ExpressionType -Node $Node[$index] -Scope $Scope
    }
    return , $types
}

function Get-OwnerType {
    # Whose member it is; $null where it cannot be read off, or may be anything.
    param($Node, [hashtable] $Scope)
    if (-not $Node.Static) {
        $type = Get-ExpressionType -Node $Node.Expression -Scope $Scope
        return $(if (($null -ne $type) -and ($type.FullName -notin 'System.Object', 'System.Management.Automation.PSObject')) { $type })
    }
    if ($Node.Expression -is [System.Management.Automation.Language.TypeExpressionAst]) {
        return Resolve-Type -TypeName $Node.Expression.TypeName -Problem $Scope.Problem -Loaded $Scope.Loaded
    }
    return $null
}

function Get-PipelineType {
    # New-Object, a function of the module that says what it gives, or an expression alone.
    param($Node, [hashtable] $Scope)
    if (($Node -isnot [System.Management.Automation.Language.PipelineAst]) -or ($Node.PipelineElements.Count -ne 1)) {
        return $null
    }
    $element = $Node.PipelineElements[0]
    if ($element -is [System.Management.Automation.Language.CommandExpressionAst]) {
        return Get-ExpressionType -Node $element.Expression -Scope $Scope
    }
    $name = $element.GetCommandName()
    if ($name -eq 'New-Object') {
        return Get-CreatedType -Command $element -Scope $Scope
    }
    return $(if (($null -ne $name) -and $Scope.Given.ContainsKey($name)) { Find-Type -Name $Scope.Given[$name] })
}

function Get-CreatedType {
    # What New-Object makes; says so when there is no such type or constructor.
    param($Command, [hashtable] $Scope)
    $named = @{}
    for ($index = 1; $index -lt $Command.CommandElements.Count - 1; $index++) {
        if ($Command.CommandElements[$index] -is [System.Management.Automation.Language.CommandParameterAst]) {
            $named[$Command.CommandElements[$index].ParameterName] = $Command.CommandElements[$index + 1]
        }
    }
    if (-not $named.ContainsKey('TypeName')) {
        return $null
    }
    $type = Resolve-Name -Name $named['TypeName'].Value -Problem $Scope.Problem -Loaded $Scope.Loaded
    if ($null -eq $type) {
        return $null
    }
    $values = @()
    if ($named.ContainsKey('ArgumentList')) {
        $list = $named['ArgumentList']
        if ($list -is [System.Management.Automation.Language.ArrayExpressionAst]) {
            $list = @($list.SubExpression.Statements)[0].PipelineElements[0].Expression
        }
        $values = if ($list -is [System.Management.Automation.Language.ArrayLiteralAst]) { @($list.Elements) } else { @($list) }
    }
    $types = Get-ArgumentType -Node $values -Scope $Scope
    return Get-ReturnType -Type $type -Name 'new' -Static $true -Argument $types -Problem $Scope.Problem
}

function Get-VariableType {
    param($Node, [hashtable] $Scope)
    $name = $Node.VariablePath.UserPath
    if ($name -in 'true', 'false') {
        return Find-Type -Name 'System.Boolean'
    }
    if (($name -like 'env:*') -or ($name -in 'PSScriptRoot', 'PSCommandPath')) {
        return Find-Type -Name 'System.String'
    }
    if ($name -in '_', 'PSItem') {
        for ($above = $Node.Parent; $null -ne $above; $above = $above.Parent) {
            if ($above -is [System.Management.Automation.Language.CatchClauseAst]) {
                return Find-Type -Name 'System.Management.Automation.ErrorRecord'
            }
            if ($above -is [System.Management.Automation.Language.ScriptBlockExpressionAst] -or
                $above -is [System.Management.Automation.Language.SwitchStatementAst]) {
                return $null
            }
        }
        return $null
    }
    return $(if ($Scope.Variable.ContainsKey($name)) { $Scope.Variable[$name] })
}

function Get-ScopeVariable {
    # Types of the variables of a function or script, where every assignment gives the same.
    param([hashtable] $Scope)
    $given = [System.Collections.Generic.List[object]]::new()
    $fixed = $Scope.Variable
    foreach ($node in $Scope.Nodes) {
        switch ($node.GetType().Name) {
            'ParameterAst' {
                $constraint = @($node.Attributes | Where-Object -FilterScript { $_ -is [System.Management.Automation.Language.TypeConstraintAst] })
                $fixed[$node.Name.VariablePath.UserPath] = $(if ($constraint.Count -gt 0) {
                        Resolve-Type -TypeName $constraint[0].TypeName -Problem $Scope.Problem -Loaded $Scope.Loaded
                    })
            }
            'ForEachStatementAst' {
                $list = Get-ExpressionType -Node $node.Condition -Scope $Scope
                Add-Assignment -Given $given -Scope $Scope -Name $node.Variable.VariablePath.UserPath -Type $(
                    if (($null -ne $list) -and $list.IsArray) { $list.GetElementType() })
            }
            'AssignmentStatementAst' {
                $left = $node.Left
                if ($left -is [System.Management.Automation.Language.ConvertExpressionAst]) {
                    if ($left.Child -is [System.Management.Automation.Language.VariableExpressionAst]) {
                        $fixed[$left.Child.VariablePath.UserPath] = Resolve-Type -TypeName $left.Type.TypeName -Problem $Scope.Problem -Loaded $Scope.Loaded
                    }
                } elseif (($left -is [System.Management.Automation.Language.VariableExpressionAst]) -and ($node.Right.Extent.Text -ne '$null')) {
                    Add-Assignment -Given $given -Scope $Scope -Name $left.VariablePath.UserPath -Type $(
                        if ($node.Operator -eq 'Equals') { Get-ExpressionType -Node $node.Right -Scope $Scope })
                }
            }
        }
    }
    foreach ($pair in $given) {
        $name, $type = $pair
        if (-not (($null -ne $type) -and ($null -ne $fixed[$name]) -and ($fixed[$name].ToString() -eq $type.ToString()))) {
            $fixed[$name] = $null
        }
    }
    return $fixed
}

function Add-Assignment {
    # Notes what a variable gets, for what follows and for the comparison of all.
    param([System.Collections.Generic.List[object]] $Given, [hashtable] $Scope, [string] $Name, $Type)
    $Given.Add(@($Name, $Type))
    if (-not $Scope.Variable.ContainsKey($Name)) {
        $Scope.Variable[$Name] = $Type
    }
}

function Get-GivenType {
    # What functions of the module give, by name, where their OutputType names one type that is no list.
    param([string[]] $Path)
    $given = @{}
    foreach ($file in $Path) {
        $ast = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref]$null, [ref]$null)
        foreach ($function in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $false)) {
            $block = $function.Body.ParamBlock
            $output = @($(if ($null -ne $block) { $block.Attributes }) | Where-Object -FilterScript { $_.TypeName.FullName -eq 'OutputType' })
            if (($output.Count -ne 1) -or ($output[0].PositionalArguments.Count -ne 1)) {
                continue
            }
            $argument = $output[0].PositionalArguments[0]
            if (($argument -is [System.Management.Automation.Language.TypeExpressionAst]) -and
                ($argument.TypeName.GetType().Name -eq 'TypeName') -and ($argument.TypeName.FullName -match '^System\.(IO|Diagnostics|Text|Security)\.')) {
                $given[$function.Name] = $argument.TypeName.FullName
            }
        }
    }
    return $given
}

function Get-LoadedAssembly {
    # Assemblies that scripts load by Add-Type -AssemblyName.
    param([string[]] $Path)
    foreach ($file in $Path) {
        foreach ($match in [regex]::Matches([System.IO.File]::ReadAllText($file), '(?m)^\s*Add-Type -AssemblyName ([\w.]+)')) {
            $match.Groups[1].Value
        }
    }
}

function Get-FrameworkProblem {
    # What a script uses that 5.1 on .NET Framework 4.8 has not.
    param([Parameter(Mandatory = $true)] [string] $Path, [string[]] $Loaded = @(), [hashtable] $Given = @{})
    $ast = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref]$null, [ref]$null)
    $bodies = @($ast.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true))
    if ($bodies.Count -eq 0) {
        $bodies = @($ast)
    }
    $all = [System.Collections.Generic.List[string]]::new()
    foreach ($body in $bodies) {
        $scope = @{ Problem = [System.Collections.Generic.List[string]]::new(); Loaded = $Loaded; Given = $Given; Variable = @{}; Known = $null
            Nodes = @($body.FindAll({ $true }, $true)) }
        # A variable stands before what depends on it.
        $scope.Known = [System.Collections.Generic.Dictionary[object, object]]::new()
        $scope.Variable = Get-ScopeVariable -Scope $scope
        $scope.Known = [System.Collections.Generic.Dictionary[object, object]]::new()
        $scope.Problem.Clear()
        foreach ($node in $scope.Nodes | Where-Object -FilterScript { $_.GetType().Name -in $script:Checked }) {
            Add-NodeProblem -Node $node -Scope $scope
        }
        $all.AddRange($scope.Problem)
    }
    return @($all | Select-Object -Unique)
}

$script:Checked = @('TypeExpressionAst', 'TypeConstraintAst', 'MemberExpressionAst', 'InvokeMemberExpressionAst', 'CommandAst', 'AttributeAst')

function Add-NodeProblem {
    param($Node, [hashtable] $Scope)
    switch ($Node.GetType().Name) {
        'TypeExpressionAst' { [void](Resolve-Type -TypeName $Node.TypeName -Problem $Scope.Problem -Loaded $Scope.Loaded) }
        'TypeConstraintAst' { [void](Resolve-Type -TypeName $Node.TypeName -Problem $Scope.Problem -Loaded $Scope.Loaded) }
        'MemberExpressionAst' { [void](Get-ExpressionType -Node $Node -Scope $Scope) }
        'InvokeMemberExpressionAst' {
            [void](Get-ExpressionType -Node $Node -Scope $Scope)
            # 5.1 has only the overloads that split at each single character of a text.
            $first = @($Node.Arguments)[0]
            if (("$($Node.Member)" -eq 'Split') -and ($first -is [System.Management.Automation.Language.StringConstantExpressionAst]) -and
                ($first.Value.Length -ne 1) -and -not ($Node.Static)) {
                $Scope.Problem.Add("Split at `"$($first.Value)`" splits at each of its characters")
            }
        }
        'CommandAst' {
            if ($Node.GetCommandName() -eq 'New-Object') {
                [void](Get-CreatedType -Command $Node -Scope $Scope)
            }
        }
        'AttributeAst' {
            $type = Find-Type -Name "System.Management.Automation.$($Node.TypeName.FullName)Attribute"
            if ($null -eq $type) {
                $Scope.Problem.Add("there is no attribute $($Node.TypeName.FullName)")
                break
            }
            foreach ($argument in $Node.NamedArguments) {
                [void](Get-PropertyType -Type $type -Name $argument.ArgumentName -Static $false -Problem $Scope.Problem)
            }
        }
    }
}

Export-ModuleMember -Function @('Get-FrameworkProblem', 'Get-GivenType', 'Get-LoadedAssembly')
