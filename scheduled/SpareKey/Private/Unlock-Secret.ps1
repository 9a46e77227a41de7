function Unlock-Secret {
    <#
    .SYNOPSIS
        Decrypts one secret that DPAPI keeps for this machine, into the module's secrets.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Path
    )
    $scope = [System.Security.Cryptography.DataProtectionScope]::LocalMachine
    $sealed = [System.IO.File]::ReadAllBytes($Path)
    $plain = [System.Security.Cryptography.ProtectedData]::Unprotect($sealed, $null, $scope)
    try {
        $script:Secrets[$Name] = [System.Text.Encoding]::UTF8.GetString($plain)
    } finally {
        [System.Array]::Clear($plain, 0, $plain.Length)
    }
}
