function Read-JoinType {
    <#
    .SYNOPSIS
        Tells what this PC is joined to, which decides whether it has an account of its own on a file server.
    .OUTPUTS
        workgroup, domain, hybrid (domain and Entra) or entra; null when it cannot be told.
    #>
    [CmdletBinding()]
    param([AllowNull()] [object] $PartOfDomain)
    if ($null -eq $PartOfDomain) {
        return $null
    }
    # One subkey an Entra join, named after its certificate: what dsregcmd shows as AzureAdJoined.
    $isEntra = $false
    try {
        $key = Open-RegistryKey -Path 'SYSTEM\CurrentControlSet\Control\CloudDomainJoin\JoinInfo'
        if ($null -ne $key) {
            try {
                $isEntra = @($key.GetSubKeyNames()).Count -gt 0
            } finally {
                $key.Close()
            }
        }
    } catch {
        return $null
    }
    if ($PartOfDomain -eq $true) {
        if ($isEntra) {
            return 'hybrid'
        }
        return 'domain'
    }
    if ($isEntra) {
        return 'entra'
    }
    return 'workgroup'
}
