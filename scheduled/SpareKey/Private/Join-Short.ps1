function Join-Short {
    <#
    .SYNOPSIS
        Joins texts to one line of at most so many characters, all ASCII; what has no room is counted.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [AllowEmptyCollection()] [AllowEmptyString()] [string[]] $Text,
        [string] $Separator = ', ',
        [Parameter(Mandatory = $true)] [int] $Limit
    )
    # Room for the count of the rest.
    $room = $Limit - 20
    $line = ''
    for ($at = 0; $at -lt $Text.Length; $at++) {
        $piece = [regex]::Replace($Text[$at], '[^\x20-\x7E]+', '?')
        if ($at -gt 0) {
            $piece = $Separator + $piece
        }
        if (($line.Length + $piece.Length) -gt $room) {
            if ($line.Length -eq 0) {
                return $piece.Substring(0, $room) + '...'
            }
            return $line + ' and {0} more' -f ($Text.Length - $at)
        }
        $line += $piece
    }
    return $line
}
