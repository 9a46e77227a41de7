function Test-TrustedOwner {
    <#
    .SYNOPSIS
        Tells whether a SID is SYSTEM, the group of administrators or the installer of Windows: nobody else may own what
        Spare Key relies on.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([AllowNull()] [AllowEmptyString()] [string] $Sid)
    # Well-known SIDs, the same in every language.
    return @('S-1-5-18', 'S-1-5-32-544', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464') -contains $Sid
}
