function Test-Windows {
    <#
    .SYNOPSIS
        Tells whether this is Windows. The variable that PowerShell 7 has for it does not exist in 5.1.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param()
    return [System.Environment]::OSVersion.Platform -eq [System.PlatformID]::Win32NT
}
