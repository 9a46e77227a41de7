function Read-Snapshot {
    <#
    .SYNOPSIS
        Collects the snapshot: host, volumes, protectors, and what could not be read.
    .OUTPUTS
        An ordered dictionary in the shape of snapshot.schema.json, with stand-ins for the recovery passwords, which
        lie in the module's secrets.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param()
    $takenAt = [System.DateTimeOffset]::Now
    $errors = [System.Collections.Generic.List[object]]::new()
    $query = @{
        Namespace = 'root/CIMV2/Security/MicrosoftVolumeEncryption'
        ClassName = 'Win32_EncryptableVolume'
        Errors    = $errors
    }
    $found = @(Get-CimRow @query)
    $places = @{}
    if ($found.Count -gt 0) {
        $places = Read-VolumePlace
    }
    $volumes = @(foreach ($volume in $found) {
            $deviceId = ([string](Get-MemberValue -InputObject $volume -Name 'DeviceID')).ToUpperInvariant()
            if (-not $places.ContainsKey($deviceId)) {
                $deviceId = ''
            }
            Read-Volume -Volume $volume -Place $places[$deviceId]
        })
    $hostFacts = Read-HostFact -Errors $errors
    if ($null -eq $hostFacts['machineId']) {
        $problem = @{
            ExitCode = 11
            Message  = 'Cannot tell which PC this is: it has no usable SMBIOS UUID and no MachineGuid in the registry'
            Hint     = 'check that the WMI service runs and that the task runs with administrator rights'
        }
        throw (New-SpareKeyException @problem)
    }
    $told = Read-BitLockerEvent
    $module = $MyInvocation.MyCommand.Module
    return [ordered]@{
        schema    = 1
        takenAt   = $takenAt.ToString('yyyy-MM-ddTHH:mm:ss.fffzzz', [System.Globalization.CultureInfo]::InvariantCulture)
        collector = [ordered]@{
            version    = [string]$module.Version
            powershell = [string]$PSVersionTable['PSVersion']
            elevated   = Test-Elevated
            is64Bit    = [System.Environment]::Is64BitProcess
            source     = 'cim'
        }
        host      = $hostFacts
        volumes   = $volumes
        events    = $told['events']
        eventLog  = $told['eventLog']
        errors    = $errors
    }
}
