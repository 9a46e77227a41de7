function Sync-Registry {
    <#
    .SYNOPSIS
        Keeps in the registry which version is installed, and where; deployment tools detect it by that. Also registers
        the source under which Windows' event log shows entries.
    .DESCRIPTION
        A source is a key: "Event Sources", Windows' documentation. .NET Framework, part of Windows, has the file with
        the text "%1"; EventLog.CreateEventSource of Windows PowerShell names the same one.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable] $Plan)
    $messages = '%SystemRoot%\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll'
    $product = 'SOFTWARE\Spare Key'
    $log = 'SYSTEM\CurrentControlSet\Services\EventLog\Application\Spare Key'
    $wanted = @(
        @{ Path = $product; Name = 'Version'; Value = $Plan['Version']; Part = 'registry' }
        @{ Path = $product; Name = 'InstallFolder'; Value = $Plan['InstallFolder']; Part = 'registry' }
        @{ Path = $product; Name = 'DataFolder'; Value = $Plan['DataFolder']; Part = 'registry' }
        @{ Path = $log; Name = 'EventMessageFile'; Value = $messages; Part = 'event log' }
        # Errors, warnings and information.
        @{ Path = $log; Name = 'TypesSupported'; Value = 7; Part = 'event log' }
    )
    foreach ($value in $wanted) {
        $is = Read-RegistryText -Path $value['Path'] -Name $value['Name']
        # An installer's paths end with a backslash; variables in a path may have been put in.
        $should = [System.Environment]::ExpandEnvironmentVariables([string]$value['Value'])
        if (($null -ne $is) -and ([System.Environment]::ExpandEnvironmentVariables($is).TrimEnd('\') -eq $should)) {
            continue
        }
        if ($null -eq $is) {
            $is = 'missing'
        }
        Add-Difference -Plan $Plan -Part $value['Part'] -Text ('{0} of HKLM\{1} is {2}' -f $value['Name'], $value['Path'], $is)
        if ($Plan['Apply']) {
            Set-RegistryText -Path $value['Path'] -Name $value['Name'] -Value $value['Value']
        }
    }
}
