function Read-SecureText {
    <#
    .SYNOPSIS
        Puts a secret that somebody typed into the module's secrets, below the user name where there is one.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Security.SecureString] $Text,
        [AllowEmptyString()] [string] $User = ''
    )
    $start = ''
    if ($User.Length -gt 0) {
        $start = $User + [char]10
    }
    $pointer = [System.Runtime.InteropServices.Marshal]::SecureStringToGlobalAllocUnicode($Text)
    try {
        $script:Secrets['new'] = $start + [System.Runtime.InteropServices.Marshal]::PtrToStringUni($pointer)
    } finally {
        [System.Runtime.InteropServices.Marshal]::ZeroFreeGlobalAllocUnicode($pointer)
    }
}
