function Set-FolderSddl {
    <#
    .SYNOPSIS
        Gives a folder its owner and rights; what it holds takes them over. Nothing to do outside Windows.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Sddl
    )
    if (-not (Test-Windows)) {
        return
    }
    $security = New-Object -TypeName System.Security.AccessControl.DirectorySecurity
    $security.SetSecurityDescriptorSddlForm($Sddl)
    # Also in a run that only tells what it would do: what it prepares must be closed, too.
    Set-Acl -LiteralPath $Path -AclObject $security -WhatIf:$false
}
