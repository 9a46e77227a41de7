function Get-SignedInUser {
    <#
    .SYNOPSIS
        Gives the SIDs of people whose hives are loaded, sorted.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param()
    $root = Open-UserKey
    if ($null -eq $root) {
        return @()
    }
    try {
        # Accounts of this PC, of a domain (S-1-5-21) and of Entra (S-1-12-1); no services, no "_Classes".
        $names = [string[]]@(foreach ($name in $root.GetSubKeyNames()) {
                if ($name -match '^S-1-(5-21|12-1)-[0-9-]+$') {
                    $name
                }
            })
    } finally {
        $root.Close()
    }
    [System.Array]::Sort($names, [System.StringComparer]::Ordinal)
    return $names
}
