function Get-ContentHash {
    <#
    .SYNOPSIS
        Hashes a file: SHA-256, lower-case hexadecimal. Null when the clock runs out first.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [System.Diagnostics.Stopwatch] $Clock,
        # Of the clock.
        [Parameter(Mandatory = $true)] [long] $LimitMilliseconds
    )
    $share = [System.IO.FileShare]::ReadWrite -bor [System.IO.FileShare]::Delete
    $stream = [System.IO.FileStream]::new($Path, [System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, $share)
    $sha = [System.Security.Cryptography.SHA256]::Create()
    $buffer = [byte[]]::new(65536)
    try {
        while ($true) {
            if ($Clock.ElapsedMilliseconds -ge $LimitMilliseconds) {
                return $null
            }
            $read = $stream.Read($buffer, 0, $buffer.Length)
            if ($read -le 0) {
                break
            }
            [void]$sha.TransformBlock($buffer, 0, $read, $null, 0)
        }
        [void]$sha.TransformFinalBlock($buffer, 0, 0)
        return [System.BitConverter]::ToString($sha.Hash).Replace('-', '').ToLowerInvariant()
    } finally {
        # What was read may have been a report with digits.
        [System.Array]::Clear($buffer, 0, $buffer.Length)
        $sha.Dispose()
        $stream.Dispose()
    }
}
