function Read-LedgerVersion {
    <#
    .SYNOPSIS
        Reads the version that stands in the head of a ledger, without opening it as a database.
    .DESCRIPTION
        "The 100-byte database header" of SQLite's file format: at 60 the user version, at 68 the application's ID,
        both with the high byte first. Spare Key marks its ledgers there.
    .OUTPUTS
        The version; null when there is no file, or it is no ledger of Spare Key, which the next run sets aside.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)
    # "SpKy" in ASCII.
    $mark = 0x53704B79
    if ((Get-PathKind -Path $Path) -ne 'file') {
        return $null
    }
    $head = [byte[]]::new(72)
    $share = [System.IO.FileShare]::ReadWrite -bor [System.IO.FileShare]::Delete
    $stream = [System.IO.FileStream]::new($Path, [System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, $share)
    try {
        if ($stream.Read($head, 0, $head.Length) -lt $head.Length) {
            return $null
        }
    } finally {
        $stream.Dispose()
    }
    $numbers = foreach ($at in 60, 68) {
        ([long]$head[$at] -shl 24) -bor ([long]$head[$at + 1] -shl 16) -bor ([long]$head[$at + 2] -shl 8) -bor [long]$head[$at + 3]
    }
    if ($numbers[1] -ne $mark) {
        return $null
    }
    return $numbers[0]
}
