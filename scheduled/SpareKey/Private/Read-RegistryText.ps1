function Read-RegistryText {
    <#
    .SYNOPSIS
        Reads one value below HKEY_LOCAL_MACHINE as text; null when it is not there or cannot be read.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Name
    )
    try {
        $key = Open-RegistryKey -Path $Path
        if ($null -eq $key) {
            return $null
        }
        try {
            $value = $key.GetValue($Name)
        } finally {
            $key.Close()
        }
    } catch {
        return $null
    }
    if ([string]::IsNullOrEmpty([string]$value)) {
        return $null
    }
    return [string]$value
}
