function Test-EqualFile {
    <#
    .SYNOPSIS
        Tells whether two files hold the same bytes.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Other
    )
    if (((Get-PathKind -Path $Path) -ne 'file') -or ((Get-PathKind -Path $Other) -ne 'file')) {
        return $false
    }
    $hashes = @(foreach ($file in $Path, $Other) {
            $sha = [System.Security.Cryptography.SHA256]::Create()
            $stream = [System.IO.File]::OpenRead($file)
            try {
                [System.BitConverter]::ToString($sha.ComputeHash($stream))
            } finally {
                $stream.Dispose()
                $sha.Dispose()
            }
        })
    return $hashes[0] -eq $hashes[1]
}
