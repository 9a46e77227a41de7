function New-SpareKeyException {
    <#
    .SYNOPSIS
        Makes the exception for what a person can act on; it carries the exit code and a hint.
    #>
    [CmdletBinding()]
    [OutputType([System.Exception])]
    param(
        [Parameter(Mandatory = $true)] [int] $ExitCode,
        [Parameter(Mandatory = $true)] [string] $Message,
        [AllowNull()] [object] $Hint
    )
    $exception = New-Object -TypeName System.InvalidOperationException -ArgumentList $Message
    $exception.Data['SpareKeyExitCode'] = $ExitCode
    $exception.Data['SpareKeyHint'] = $Hint
    return $exception
}
