function Assert-Machine {
    <#
    .SYNOPSIS
        Refuses to set up or remove Spare Key where it could not run: another system, a Windows that is too old or 32-bit, a user
        without administrator rights.
    #>
    [CmdletBinding()]
    param()
    $problem = $null
    $hint = 'Spare Key needs Windows 10, Windows Server 2016 or later, 64-bit'
    if (-not (Test-Windows)) {
        $problem = 'this is not Windows'
    } elseif ([System.Environment]::OSVersion.Version.Major -lt 10) {
        $problem = 'this Windows is version {0}' -f [System.Environment]::OSVersion.Version
    } elseif (-not [System.Environment]::Is64BitOperatingSystem) {
        $problem = 'this Windows is 32-bit'
    } elseif (-not (Test-Elevated)) {
        $problem = 'administrator rights are missing'
        $hint = 'start PowerShell by "Run as administrator"'
    }
    if ($null -ne $problem) {
        throw (New-SpareKeyException -ExitCode 2 -Message "Cannot set up or remove Spare Key: $problem" -Hint $hint)
    }
}
