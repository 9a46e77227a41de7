function Resolve-UserName {
    <#
    .SYNOPSIS
        Asks Windows for the SID of a user's name.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Name)
    $account = New-Object -TypeName System.Security.Principal.NTAccount -ArgumentList $Name
    return $account.Translate([System.Security.Principal.SecurityIdentifier]).Value
}
