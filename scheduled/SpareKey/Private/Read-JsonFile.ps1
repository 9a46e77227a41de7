function Read-JsonFile {
    <#
    .SYNOPSIS
        Reads a small JSON file without secrets that anybody may have written: a status.json, what was remembered.
    .DESCRIPTION
        Whatever is wrong with it (not there, not JSON, too long, too deep, a member without a name) gives null.
    .OUTPUTS
        An ordered dictionary, or null.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [int] $MaxBytes = 1048576
    )
    $reader = $null
    $holder = @{ Value = $null }
    try {
        $share = [System.IO.FileShare]::ReadWrite -bor [System.IO.FileShare]::Delete
        $stream = [System.IO.FileStream]::new($Path, [System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, $share)
        try {
            if ($stream.Length -gt $MaxBytes) {
                return $null
            }
            $bytes = [byte[]]::new($stream.Length)
            $length = 0
            while ($length -lt $bytes.Length) {
                $read = $stream.Read($bytes, $length, $bytes.Length - $length)
                if ($read -le 0) {
                    break
                }
                $length += $read
            }
        } finally {
            $stream.Dispose()
        }
        # UTF-8, as all that this program writes; a byte order mark is passed over.
        $start = 0
        if (($length -ge 3) -and ($bytes[0] -eq 0xEF) -and ($bytes[1] -eq 0xBB) -and ($bytes[2] -eq 0xBF)) {
            $start = 3
        }
        $quotas = [System.Xml.XmlDictionaryReaderQuotas]::Max
        $reader = [System.Runtime.Serialization.Json.JsonReaderWriterFactory]::CreateJsonReader($bytes, $start, $length - $start, $quotas)
        # Deeper than any of ours; what is read here is written again by a recursion.
        Read-JsonTree -Reader $reader -Into $holder -MaxDepth 32
        if ($holder['Value'] -is [System.Collections.IDictionary]) {
            return $holder['Value']
        }
        return $null
    } catch {
        return $null
    } finally {
        if ($null -ne $reader) {
            $reader.Dispose()
        }
    }
}
