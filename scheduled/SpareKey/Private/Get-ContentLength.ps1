function Get-ContentLength {
    <#
    .SYNOPSIS
        Gives the length in bytes of a carried item's content.
    #>
    [CmdletBinding()]
    [OutputType([long])]
    param([Parameter(Mandatory = $true)] [int] $Index)
    $item = $script:Answer['carry'][$Index]
    # Base64: three bytes are four characters, less what pads the end.
    $length = $item['contentBase64'].Length
    $padding = $length - $item['contentBase64'].TrimEnd([char]'=').Length
    return $length / 4 * 3 - $padding
}
