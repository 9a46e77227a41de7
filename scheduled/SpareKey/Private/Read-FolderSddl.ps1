function Read-FolderSddl {
    <#
    .SYNOPSIS
        Reads owner and rights of a folder or file. Windows follows a link here, so look for one first.
    .OUTPUTS
        SDDL; null outside Windows, where these rights do not exist.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)
    if (-not (Test-Windows)) {
        return $null
    }
    return (Get-Acl -LiteralPath $Path).Sddl
}
