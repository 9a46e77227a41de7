function Get-ErrorCode {
    <#
    .SYNOPSIS
        Takes the HRESULT out of an exception, never out of its text, which is in the language of Windows.
    .OUTPUTS
        A text such as 0x80041003, or null where the exception has none.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [System.Exception] $Exception)

    # MI result codes (mi.h, enum MI_Result) for which WMI has a code of its own (wbemcli.h, enum WBEMSTATUS).
    $wbemCodes = @{ 2 = '0x80041003'; 3 = '0x8004100E'; 4 = '0x80041008'; 5 = '0x80041010'; 6 = '0x80041002'; 7 = '0x8004100C' }
    # .NET's own codes for "some exception" say nothing about WMI.
    $generic = @('0x80131500', '0x80131501', '0x80131509', '0x80004005')

    # Windows' CIM layer puts "HRESULT 0x8004100e" here, untranslated.
    $messageId = [string](Get-MemberValue -InputObject $Exception -Name 'MessageId')
    if ($messageId -match '^HRESULT 0x([0-9A-Fa-f]{8})$') {
        return '0x' + $Matches[1].ToUpperInvariant()
    }
    $status = Get-MemberValue -InputObject $Exception -Name 'StatusCode'
    if (($null -ne $status) -and (([long]$status -band 0x80000000L) -ne 0)) {
        return ConvertTo-HResultText -Code $status
    }
    $data = Get-MemberValue -InputObject $Exception -Name 'ErrorData'
    $detail = Get-MemberValue -InputObject $data -Name 'error_Code'
    if (($null -ne $detail) -and (([long]$detail -band 0x80000000L) -ne 0)) {
        return ConvertTo-HResultText -Code $detail
    }
    $native = Get-MemberValue -InputObject $Exception -Name 'NativeErrorCode'
    if (($null -ne $native) -and $wbemCodes.ContainsKey([int]$native)) {
        return $wbemCodes[[int]$native]
    }
    $code = ConvertTo-HResultText -Code $Exception.HResult
    if (($generic -notcontains $code) -and ($code.StartsWith('0x8', [System.StringComparison]::Ordinal))) {
        return $code
    }
    if ($null -ne $Exception.InnerException) {
        return Get-ErrorCode -Exception $Exception.InnerException
    }
    return $null
}
