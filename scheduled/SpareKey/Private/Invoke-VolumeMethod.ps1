function Invoke-VolumeMethod {
    <#
    .SYNOPSIS
        Calls one method of a Win32_EncryptableVolume; a failure becomes an entry in Errors.
    .OUTPUTS
        Windows' answer, or null when it failed. With SecretName a stand-in: the recovery password itself goes
        into the module's secrets, since whatever a function returns may be recorded.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [object] $Volume,
        [Parameter(Mandatory = $true)] [string] $Method,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [System.Collections.Generic.List[object]] $Errors,
        [hashtable] $Arguments = @{},
        [AllowNull()] [object] $ProtectorId,
        [string] $SecretName = ''
    )
    $call = @{ InputObject = $Volume; MethodName = $Method; OperationTimeoutSec = 120; ErrorAction = 'Stop' }
    if ($Arguments.Count -gt 0) {
        $call['Arguments'] = $Arguments
    }
    $failure = @{ Call = $Method; ProtectorId = $ProtectorId; Code = $null; Message = $null }
    try {
        $answer = Invoke-CimMethod @call
        $code = [long]$answer.ReturnValue
    } catch {
        $failure['Code'] = Get-ErrorCode -Exception $_.Exception
        $failure['Message'] = $_.Exception.Message
        $Errors.Add((New-ReadError @failure))
        return $null
    }
    if ($code -ne 0) {
        $failure['Code'] = ConvertTo-HResultText -Code $code
        $Errors.Add((New-ReadError @failure))
        return $null
    }
    if ($SecretName.Length -eq 0) {
        return $answer
    }
    if ([string]::IsNullOrEmpty($answer.NumericalPassword)) {
        $failure['Message'] = 'Windows answered without a recovery password'
        $Errors.Add((New-ReadError @failure))
        return $null
    }
    $script:Secrets[$SecretName] = $answer.NumericalPassword
    return [PSCustomObject]@{ Secret = $SecretName }
}
