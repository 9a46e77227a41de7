function Add-Difference {
    <#
    .SYNOPSIS
        Notes in the plan what differs from a whole installation.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable] $Plan,
        [Parameter(Mandatory = $true)] [string] $Part,
        [Parameter(Mandatory = $true)] [string] $Text
    )
    $Plan['Differences'].Add([PSCustomObject]@{ PSTypeName = 'SpareKey.Difference'; Part = $Part; Text = $Text })
}
