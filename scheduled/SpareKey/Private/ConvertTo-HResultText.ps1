function ConvertTo-HResultText {
    <#
    .SYNOPSIS
        Writes a return code as 0x80310000. WMI hands it out signed or unsigned; both mean the same.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [object] $Code)
    return '0x{0:X8}' -f ([long]$Code -band 0xFFFFFFFFL)
}
