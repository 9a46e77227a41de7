function Read-VolumePlace {
    <#
    .SYNOPSIS
        Reads where volumes lie: label, size, letter and mount paths, by device ID.
    .OUTPUTS
        A hashtable: device ID in upper case to a dictionary. The entry '' is for volumes that Win32_Volume lacks.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()
    $errors = [System.Collections.Generic.List[object]]::new()
    $rows = @(Get-CimRow -ClassName 'Win32_Volume' -Errors $errors)
    $mounts = @(Get-CimRow -ClassName 'Win32_MountPoint' -Errors $errors)
    $places = @{ '' = [ordered]@{ drive = $null; label = $null; sizeBytes = $null; mountPaths = @(); errors = $errors } }
    foreach ($row in $rows) {
        $deviceId = [string](Get-MemberValue -InputObject $row -Name 'DeviceID')
        $paths = [System.Collections.Generic.List[object]]::new()
        # Name is one of the mount paths, or the device ID again where there is none.
        $name = [string](Get-MemberValue -InputObject $row -Name 'Name')
        if (($name.Length -gt 0) -and -not $name.StartsWith('\\?\', [System.StringComparison]::Ordinal)) {
            $paths.Add($name)
        }
        foreach ($mount in $mounts) {
            $target = Get-MemberValue -InputObject (Get-MemberValue -InputObject $mount -Name 'Volume') -Name 'DeviceID'
            $folder = Get-MemberValue -InputObject (Get-MemberValue -InputObject $mount -Name 'Directory') -Name 'Name'
            if (($target -eq $deviceId) -and ($null -ne $folder)) {
                $path = $folder.TrimEnd('\') + '\'
                if ($paths -notcontains $path) {
                    $paths.Add($path)
                }
            }
        }
        $places[$deviceId.ToUpperInvariant()] = [ordered]@{
            drive      = Get-MemberValue -InputObject $row -Name 'DriveLetter'
            label      = [string](Get-MemberValue -InputObject $row -Name 'Label')
            sizeBytes  = Get-MemberValue -InputObject $row -Name 'Capacity'
            mountPaths = $paths
            errors     = $errors
        }
    }
    return $places
}
