function Open-RegistryKey {
    <#
    .SYNOPSIS
        Opens a key below HKEY_LOCAL_MACHINE for reading, in the 64-bit view whatever this process is.
    .OUTPUTS
        A RegistryKey, or null when there is no such key, and outside Windows. The caller closes it.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)
    if (-not (Test-Windows)) {
        return $null
    }
    $view = [Microsoft.Win32.RegistryView]::Registry64
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, $view)
    try {
        return $root.OpenSubKey($Path)
    } finally {
        $root.Dispose()
    }
}
