function Read-Protector {
    <#
    .SYNOPSIS
        Reads one key protector of a volume.
    .OUTPUTS
        A dictionary as in the snapshot; a stand-in takes the place of the recovery password.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)] [object] $Volume,
        [Parameter(Mandatory = $true)] [string] $Id,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [System.Collections.Generic.List[object]] $Errors
    )
    $common = @{ Volume = $Volume; Errors = $Errors; Arguments = @{ VolumeKeyProtectorID = $Id }; ProtectorId = $Id }
    $type = Get-MemberValue -InputObject (Invoke-VolumeMethod -Method 'GetKeyProtectorType' @common) -Name 'KeyProtectorType'
    $name = Invoke-VolumeMethod -Method 'GetKeyProtectorFriendlyName' @common
    $password = $null
    # 3 is a recovery password. Where the type could not be read it is tried all the same: no key is to be lost.
    if (($null -eq $type) -or ($type -eq 3)) {
        $secretName = (Get-MemberValue -InputObject $Volume -Name 'DeviceID') + '|' + $Id
        $password = Invoke-VolumeMethod -Method 'GetKeyProtectorNumericalPassword' -SecretName $secretName @common
    }
    $friendlyName = $null
    if ($null -ne $name) {
        $friendlyName = [string](Get-MemberValue -InputObject $name -Name 'FriendlyName')
    }
    return [ordered]@{ id = $Id; type = $type; friendlyName = $friendlyName; recoveryPassword = $password }
}
