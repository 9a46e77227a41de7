function Lock-Secret {
    <#
    .SYNOPSIS
        Encrypts one of the module's secrets by DPAPI, for this machine, into a new file, down to the disk.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Path
    )
    $scope = [System.Security.Cryptography.DataProtectionScope]::LocalMachine
    $plain = [System.Text.Encoding]::UTF8.GetBytes($script:Secrets[$Name])
    try {
        $sealed = [System.Security.Cryptography.ProtectedData]::Protect($plain, $null, $scope)
    } finally {
        [System.Array]::Clear($plain, 0, $plain.Length)
    }
    $stream = New-Object -TypeName System.IO.FileStream -ArgumentList $Path, ([System.IO.FileMode]::CreateNew)
    try {
        $stream.Write($sealed, 0, $sealed.Length)
        $stream.Flush($true)
    } finally {
        $stream.Dispose()
    }
}
