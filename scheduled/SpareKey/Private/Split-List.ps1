function Split-List {
    <#
    .SYNOPSIS
        Takes a list apart, whether it came as a list or, from a command line, as one text with commas or semicolons.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([AllowNull()] [AllowEmptyCollection()] [AllowEmptyString()] [string[]] $Text)
    foreach ($item in $Text) {
        foreach ($piece in ([string]$item).Split([char[]]@(',', ';', ' '), [System.StringSplitOptions]::RemoveEmptyEntries)) {
            $piece
        }
    }
}
