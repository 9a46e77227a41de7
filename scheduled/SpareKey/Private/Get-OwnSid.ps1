function Get-OwnSid {
    <#
    .SYNOPSIS
        Gives the SID of the account that runs this process; for the nightly run it is S-1-5-18, SYSTEM.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()
    $identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
    try {
        return $identity.User.Value
    } finally {
        $identity.Dispose()
    }
}
