function ConvertTo-ResultObject {
    <#
    .SYNOPSIS
        Turns a tree into objects whose properties are named as PowerShell names them. For trees without secrets.
    .DESCRIPTION
        A stand-in for a secret becomes the Boolean property Has...: HasRecoveryPassword.
    #>
    [CmdletBinding()]
    param([AllowNull()] [AllowEmptyString()] [AllowEmptyCollection()] [object] $Value)
    if ($Value -is [System.Collections.IDictionary]) {
        $properties = [ordered]@{}
        # Not by its property Keys: an entry of that name stands in front of it.
        foreach ($entry in $Value.GetEnumerator()) {
            $name = $entry.Key.Substring(0, 1).ToUpperInvariant() + $entry.Key.Substring(1)
            $member = $entry.Value
            if ($entry.Key -eq 'recoveryPassword') {
                $properties['HasRecoveryPassword'] = $null -ne $member
            } elseif (($member -is [System.Collections.IEnumerable]) -and ($member -isnot [string]) -and
                ($member -isnot [System.Collections.IDictionary])) {
                $properties[$name] = @(foreach ($item in $member) { ConvertTo-ResultObject -Value $item })
            } else {
                $properties[$name] = ConvertTo-ResultObject -Value $member
            }
        }
        return [PSCustomObject]$properties
    }
    return $Value
}
