<#
    What .NET Framework 4.8 and Windows PowerShell 5.1 have, out of Microsoft's reference assemblies: types, members, and
    how many arguments they take. What a script asks for in vain is added to its list of problems.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# What Windows PowerShell 5.1 has loaded when it starts; all else a script must load by Add-Type -AssemblyName.
$script:AtStart = @(
    'mscorlib', 'System', 'System.Core', 'System.Xml', 'System.Data', 'System.Numerics', 'System.Management', 'System.Configuration',
    'System.Configuration.Install', 'System.DirectoryServices', 'System.Transactions', 'System.Management.Automation'
)

# Short names that 5.1 knows (about_Type_Accelerators); others are written in full.
$script:ShortNames = @{
    array = 'System.Array'; bool = 'System.Boolean'; byte = 'System.Byte'; char = 'System.Char'; datetime = 'System.DateTime'
    decimal = 'System.Decimal'; double = 'System.Double'; guid = 'System.Guid'; hashtable = 'System.Collections.Hashtable'
    int = 'System.Int32'; int16 = 'System.Int16'; int32 = 'System.Int32'; int64 = 'System.Int64'; long = 'System.Int64'
    object = 'System.Object'; ordered = 'System.Collections.Specialized.OrderedDictionary'
    pscredential = 'System.Management.Automation.PSCredential'; pscustomobject = 'System.Management.Automation.PSObject'
    psobject = 'System.Management.Automation.PSObject'; ref = 'System.Management.Automation.PSReference'
    regex = 'System.Text.RegularExpressions.Regex'; scriptblock = 'System.Management.Automation.ScriptBlock'
    securestring = 'System.Security.SecureString'; single = 'System.Single'; float = 'System.Single'; string = 'System.String'
    switch = 'System.Management.Automation.SwitchParameter'; timespan = 'System.TimeSpan'; type = 'System.Type'
    uint16 = 'System.UInt16'; uint32 = 'System.UInt32'; uint64 = 'System.UInt64'; uri = 'System.Uri'; version = 'System.Version'
    void = 'System.Void'; xml = 'System.Xml.XmlDocument'
}

# What PowerShell itself adds to every object, and to files and folders (types.ps1xml of 5.1).
$script:Added = @('PSObject', 'PSTypeNames', 'Count', 'Length', 'ForEach', 'Where')
$script:AddedToFiles = @('BaseName', 'VersionInfo', 'Mode', 'LinkType', 'Target')

function Import-Framework {
    # Opens the reference assemblies in the folder, and the one of PowerShell; the loader is the library that can read them.
    param([Parameter(Mandatory = $true)] [string] $Folder, [Parameter(Mandatory = $true)] [string] $Loader,
        [Parameter(Mandatory = $true)] [string] $PowerShell)
    Add-Type -LiteralPath $Loader
    $paths = [string[]]@([System.IO.Directory]::GetFiles($Folder, '*.dll') + $PowerShell)
    $script:Context = [System.Reflection.MetadataLoadContext]::new([System.Reflection.PathAssemblyResolver]::new($paths), 'mscorlib')
    $script:Assemblies = @($script:AtStart + @($paths | ForEach-Object -Process { [System.IO.Path]::GetFileNameWithoutExtension($_) }) |
            Select-Object -Unique | ForEach-Object -Process {
                try {
                    $script:Context.LoadFromAssemblyName($_)
                } catch {
                    # Some hold no code that can be read so.
                    $null
                }
            } | Where-Object -FilterScript { $null -ne $_ })
    $script:Types = @{}
    $script:Members = @{}
}

function Find-Type {
    # A type by its full name; $null when there is none.
    param([string] $Name)
    if (-not $script:Types.ContainsKey($Name)) {
        $script:Types[$Name] = $null
        foreach ($assembly in $script:Assemblies) {
            foreach ($spelled in $Name, "System.$Name") {
                $type = $assembly.GetType($spelled, $false)
                if (($null -ne $type) -and ($type.IsPublic -or $type.IsNestedPublic)) {
                    $script:Types[$Name] = $type
                    return $type
                }
            }
        }
    }
    return $script:Types[$Name]
}

function Resolve-Type {
    # The type that a name in a script means. Adds to the problems what 5.1 lacks, and what it has not loaded.
    param($TypeName, [System.Collections.Generic.List[string]] $Problem, [string[]] $Loaded)
    if ($TypeName -is [System.Management.Automation.Language.ArrayTypeName]) {
        $element = Resolve-Type -TypeName $TypeName.ElementType -Problem $Problem -Loaded $Loaded
        if ($null -eq $element) {
            return $null
        }
        return $element.MakeArrayType()
    }
    if ($TypeName -is [System.Management.Automation.Language.GenericTypeName]) {
        $arguments = @(foreach ($argument in $TypeName.GenericArguments) {
                Resolve-Type -TypeName $argument -Problem $Problem -Loaded $Loaded
            })
        $name = '{0}`{1}' -f $TypeName.TypeName.FullName, $TypeName.GenericArguments.Count
        $open = Resolve-Name -Name $name -Problem $Problem -Loaded $Loaded
        if (($null -eq $open) -or ($arguments.Count -ne $TypeName.GenericArguments.Count)) {
            return $null
        }
        return $open.MakeGenericType([type[]]$arguments)
    }
    return Resolve-Name -Name $TypeName.FullName -Problem $Problem -Loaded $Loaded
}

function Resolve-Name {
    param([string] $Name, [System.Collections.Generic.List[string]] $Problem, [string[]] $Loaded)
    $full = if ($script:ShortNames.ContainsKey($Name)) { $script:ShortNames[$Name] } else { $Name }
    $type = Find-Type -Name $full
    if ($null -eq $type) {
        $Problem.Add("there is no type $Name")
    } elseif ($type.Assembly.GetName().Name -notin ($script:AtStart + $Loaded)) {
        $Problem.Add("type $Name needs Add-Type -AssemblyName $($type.Assembly.GetName().Name)")
    }
    return $type
}

function Get-TypeMember {
    # Members of a type by name, also those of its interfaces where it is one.
    param([type] $Type, [string] $Name, [bool] $Static)
    $key = '{0}|{1}|{2}|{3}' -f $Type.Assembly.GetName().Name, $Type, $Name, $Static
    if (-not $script:Members.ContainsKey($key)) {
        $flags = [System.Reflection.BindingFlags]'Public,FlattenHierarchy,IgnoreCase'
        $flags = $flags -bor $(if ($Static) { [System.Reflection.BindingFlags]::Static } else { [System.Reflection.BindingFlags]::Instance })
        $owners = @($Type) + $(if ($Type.IsInterface) { @($Type.GetInterfaces()) + (Find-Type -Name 'System.Object') })
        $script:Members[$key] = @(foreach ($owner in $owners) { $owner.GetMember($Name, $flags) })
    }
    return $script:Members[$key]
}

function Test-Overload {
    # Whether a method or constructor takes so many arguments; 5.1 would make a text of a character where no overload takes one.
    param($Method, [object[]] $Argument)
    $parameters = @($Method.GetParameters())
    $open = ($parameters.Count -gt 0) -and (@($parameters[-1].GetCustomAttributesData() | Where-Object -FilterScript {
                $_.AttributeType.FullName -eq 'System.ParamArrayAttribute' }).Count -gt 0)
    $least = @($parameters | Where-Object -Property IsOptional -EQ $false).Count - [int]$open
    if (($Argument.Count -lt $least) -or ((-not $open) -and ($Argument.Count -gt $parameters.Count))) {
        return $false
    }
    for ($index = 0; $index -lt $Argument.Count; $index++) {
        $parameter = $parameters[[System.Math]::Min($index, $parameters.Count - 1)].ParameterType
        if (($null -ne $Argument[$index]) -and ($Argument[$index].FullName -eq 'System.Char') -and
            ($parameter.FullName -notin 'System.Char', 'System.Char[]', 'System.Object', 'System.Object[]', 'System.Int32')) {
            return $false
        }
    }
    return $true
}

function Get-ReturnType {
    # What a call gives; says so when there is no such member or no overload for the arguments.
    param([type] $Type, [string] $Name, [bool] $Static, [object[]] $Argument, [System.Collections.Generic.List[string]] $Problem)
    if ($Static -and ($Name -eq 'new')) {
        $methods = @($Type.GetConstructors())
        if ($Type.IsValueType -and ($Argument.Count -eq 0)) {
            return $Type
        }
    } else {
        $methods = @(Get-TypeMember -Type $Type -Name $Name -Static $Static | Where-Object -Property MemberType -EQ 'Method')
    }
    if ($methods.Count -eq 0) {
        if ($Static -or ($Name -notin $script:Added)) {
            $Problem.Add("$($Type.ToString()) has no $(if ($Static) { 'static ' })method $Name")
        }
        return $null
    }
    $fitting = @($methods | Where-Object -FilterScript { Test-Overload -Method $_ -Argument $Argument })
    if ($fitting.Count -eq 0) {
        $Problem.Add("$($Type.ToString()): no $Name takes $($Argument.Count) arguments of these types")
        return $null
    }
    if ($Static -and ($Name -eq 'new')) {
        return $Type
    }
    $first = $fitting[0].ReturnType
    foreach ($method in $fitting) {
        if ($method.ReturnType.ContainsGenericParameters -or ($method.ReturnType.ToString() -ne $first.ToString())) {
            return $null
        }
    }
    return $first
}

function Get-PropertyType {
    # What a property or field holds; says so when the type has none of that name.
    param([type] $Type, [string] $Name, [bool] $Static, [System.Collections.Generic.List[string]] $Problem)
    $member = @(Get-TypeMember -Type $Type -Name $Name -Static $Static | Where-Object -FilterScript {
            $_.MemberType.ToString() -in 'Property', 'Field', 'Event' })
    if ($member.Count -gt 0) {
        switch ($member[0].MemberType.ToString()) {
            'Property' { return $member[0].PropertyType }
            'Field' { return $member[0].FieldType }
        }
        return $null
    }
    # Keys of dictionaries and nodes of XML are read like properties; so are members of what PowerShell wraps.
    $names = @($Type.GetInterfaces() | ForEach-Object -Process { $_.FullName })
    for ($base = $Type; $null -ne $base; $base = $base.BaseType) {
        $names += $base.FullName
    }
    $free = @('System.Collections.IDictionary', 'System.Xml.XmlNode', 'System.Management.Automation.PSObject', 'System.Management.ManagementBaseObject')
    $isFile = ('System.IO.FileSystemInfo' -in $names) -and ($Name -in $script:AddedToFiles)
    if ($Static -or -not (($Name -in $script:Added) -or $isFile -or @($names | Where-Object -FilterScript { $_ -in $free }).Count -gt 0)) {
        # Members of what a list holds are read through the list.
        if ($Static -or $Type.IsArray -or ('System.Collections.IEnumerable' -notin $names)) {
            if (-not ($Type.IsArray -and ($Type.GetElementType().FullName -eq 'System.Object'))) {
                $Problem.Add("$($Type.ToString()) has no $(if ($Static) { 'static ' })property $Name")
            }
        }
    }
    return $null
}

Export-ModuleMember -Function @('Import-Framework', 'Find-Type', 'Resolve-Type', 'Resolve-Name', 'Get-ReturnType', 'Get-PropertyType')
