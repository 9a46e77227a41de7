function Set-RegistryText {
    <#
    .SYNOPSIS
        Writes one value below HKEY_LOCAL_MACHINE, in the 64-bit view whatever this process is; keys are made.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [object] $Value
    )
    $view = [Microsoft.Win32.RegistryView]::Registry64
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, $view)
    try {
        $key = $root.CreateSubKey($Path)
        try {
            if ($Value -is [int]) {
                $key.SetValue($Name, $Value, [Microsoft.Win32.RegistryValueKind]::DWord)
            } elseif (([string]$Value).Contains('%')) {
                $key.SetValue($Name, [string]$Value, [Microsoft.Win32.RegistryValueKind]::ExpandString)
            } else {
                $key.SetValue($Name, [string]$Value, [Microsoft.Win32.RegistryValueKind]::String)
            }
        } finally {
            $key.Dispose()
        }
    } finally {
        $root.Dispose()
    }
}
