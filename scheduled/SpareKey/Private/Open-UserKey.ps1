function Open-UserKey {
    <#
    .SYNOPSIS
        Opens a key below HKEY_USERS for reading. Only hives that Windows has loaded are there: those of users who are
        signed in.
    .OUTPUTS
        A RegistryKey, or null when there is no such key, and outside Windows. The caller closes it.
    #>
    [CmdletBinding()]
    param([AllowEmptyString()] [string] $Path = '')
    if (-not (Test-Windows)) {
        return $null
    }
    $view = [Microsoft.Win32.RegistryView]::Registry64
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::Users, $view)
    if ($Path.Length -eq 0) {
        return $root
    }
    try {
        return $root.OpenSubKey($Path)
    } finally {
        $root.Dispose()
    }
}
