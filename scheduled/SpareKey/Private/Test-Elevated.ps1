function Test-Elevated {
    <#
    .SYNOPSIS
        Tells whether this process has administrator rights; null where that has no meaning.
    #>
    [CmdletBinding()]
    param()
    if (-not (Test-Windows)) {
        return $null
    }
    $identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
    try {
        $principal = New-Object -TypeName System.Security.Principal.WindowsPrincipal -ArgumentList $identity
        return $principal.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
    } finally {
        $identity.Dispose()
    }
}
