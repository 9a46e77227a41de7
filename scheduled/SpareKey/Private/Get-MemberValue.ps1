function Get-MemberValue {
    <#
    .SYNOPSIS
        Reads a property that may not be there: classes differ between versions of Windows.
    .DESCRIPTION
        An empty text counts as absent. Never used on the answer that carries a recovery password.
    #>
    [CmdletBinding()]
    param(
        [AllowNull()] [object] $InputObject,
        [Parameter(Mandatory = $true)] [string] $Name
    )
    if ($null -eq $InputObject) {
        return $null
    }
    $property = $InputObject.PSObject.Properties[$Name]
    if (($null -eq $property) -or ($null -eq $property.Value)) {
        return $null
    }
    if (($property.Value -is [string]) -and ($property.Value.Length -eq 0)) {
        return $null
    }
    return $property.Value
}
