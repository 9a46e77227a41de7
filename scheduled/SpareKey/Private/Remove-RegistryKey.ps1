function Remove-RegistryKey {
    <#
    .SYNOPSIS
        Removes a key below HKEY_LOCAL_MACHINE with all in it; one that is not there is gone already.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)
    $view = [Microsoft.Win32.RegistryView]::Registry64
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, $view)
    try {
        $root.DeleteSubKeyTree($Path, $false)
    } finally {
        $root.Dispose()
    }
}
