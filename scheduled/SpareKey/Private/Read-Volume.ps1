function Read-Volume {
    <#
    .SYNOPSIS
        Reads one Win32_EncryptableVolume: each value by its own call, so that one failure costs one value.
    .DESCRIPTION
        The object's own properties are as old as the object (ProtectionStatus was seen stale), so what changes is
        asked for by method.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)] [object] $Volume,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Place
    )
    $errors = [System.Collections.Generic.List[object]]::new()
    foreach ($item in $Place['errors']) {
        $errors.Add($item)
    }
    $common = @{ Volume = $Volume; Errors = $errors }
    $deviceId = Get-MemberValue -InputObject $Volume -Name 'DeviceID'
    $drive = Get-MemberValue -InputObject $Volume -Name 'DriveLetter'
    if ($null -eq $drive) {
        $drive = $Place['drive']
    }
    $volumeType = Get-MemberValue -InputObject $Volume -Name 'VolumeType'
    # 0 is the operating system's volume.
    $isSystem = ($volumeType -eq 0) -or (($null -eq $volumeType) -and ($null -ne $drive) -and ($drive -eq $env:SystemDrive))

    $protection = Invoke-VolumeMethod -Method 'GetProtectionStatus' @common
    $conversion = Invoke-VolumeMethod -Method 'GetConversionStatus' @common
    $encryption = Invoke-VolumeMethod -Method 'GetEncryptionMethod' @common
    $lock = Invoke-VolumeMethod -Method 'GetLockStatus' @common
    $suspend = $null
    $unlock = $null
    if ($isSystem) {
        $suspend = Invoke-VolumeMethod -Method 'GetSuspendCount' @common
    } else {
        $unlock = Invoke-VolumeMethod -Method 'IsAutoUnlockEnabled' @common
    }
    $protectors = $null
    # Type 0 asks for the protectors of all types.
    $list = Invoke-VolumeMethod -Method 'GetKeyProtectors' -Arguments @{ KeyProtectorType = [uint32]0 } @common
    if ($null -ne $list) {
        $protectors = @(foreach ($id in @(Get-MemberValue -InputObject $list -Name 'VolumeKeyProtectorID')) {
                if (-not [string]::IsNullOrEmpty($id)) {
                    Read-Protector -Volume $Volume -Id $id -Errors $errors
                }
            })
    }
    return [ordered]@{
        deviceId             = $deviceId
        persistentVolumeId   = Get-MemberValue -InputObject $Volume -Name 'PersistentVolumeID'
        drive                = $drive
        label                = $Place['label']
        volumeType           = $volumeType
        sizeBytes            = $Place['sizeBytes']
        protectionStatus     = Get-MemberValue -InputObject $protection -Name 'ProtectionStatus'
        conversionStatus     = Get-MemberValue -InputObject $conversion -Name 'ConversionStatus'
        encryptionPercentage = Get-MemberValue -InputObject $conversion -Name 'EncryptionPercentage'
        encryptionMethod     = Get-MemberValue -InputObject $encryption -Name 'EncryptionMethod'
        lockStatus           = Get-MemberValue -InputObject $lock -Name 'LockStatus'
        suspendCount         = Get-MemberValue -InputObject $suspend -Name 'SuspendCount'
        autoUnlock           = Get-MemberValue -InputObject $unlock -Name 'IsAutoUnlockEnabled'
        mountPaths           = $Place['mountPaths']
        protectors           = $protectors
        errors               = $errors
    }
}
