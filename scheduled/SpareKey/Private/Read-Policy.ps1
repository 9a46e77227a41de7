function Read-Policy {
    <#
    .SYNOPSIS
        Reads the policy that Group Policy or Intune set for Spare Key, every value as it is.
    .OUTPUTS
        An ordered dictionary: REG_SZ as text, REG_DWORD as number, REG_MULTI_SZ as list; values of a subkey as
        Smtp.Host. Null when there is no policy.
    #>
    [CmdletBinding()]
    param()
    $path = 'SOFTWARE\Policies\Spare Key'
    $key = Open-RegistryKey -Path $path
    if ($null -eq $key) {
        return $null
    }
    $values = @{}
    try {
        foreach ($name in $key.GetValueNames()) {
            if ($name.Length -gt 0) {
                $values[$name] = $key.GetValue($name)
            }
        }
        $subKeys = @($key.GetSubKeyNames())
    } finally {
        $key.Close()
    }
    foreach ($subKey in $subKeys) {
        $inner = Open-RegistryKey -Path "$path\$subKey"
        if ($null -eq $inner) {
            continue
        }
        try {
            foreach ($name in $inner.GetValueNames()) {
                if ($name.Length -gt 0) {
                    $values["$subKey.$name"] = $inner.GetValue($name)
                }
            }
        } finally {
            $inner.Close()
        }
    }
    # Sorted by code point: a policy that says the same must give the same bytes.
    $names = [string[]]@($values.Keys)
    [System.Array]::Sort($names, [System.StringComparer]::Ordinal)
    $policy = [ordered]@{}
    foreach ($name in $names) {
        $policy[$name] = $values[$name]
    }
    return $policy
}
