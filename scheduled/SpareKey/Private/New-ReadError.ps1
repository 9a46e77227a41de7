function New-ReadError {
    <#
    .SYNOPSIS
        Makes an entry of a snapshot's errors: which call, about which protector, with which code.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)] [string] $Call,
        [AllowNull()] [object] $ProtectorId,
        [AllowNull()] [object] $Code,
        [AllowNull()] [object] $Message
    )
    return [ordered]@{ call = $Call; protectorId = $ProtectorId; code = $Code; message = $Message }
}
