function Get-UpTime {
    <#
    .SYNOPSIS
        Gives the time since Windows was started, sleep included. Windows' counter, not WMI, which may not answer.
    #>
    [CmdletBinding()]
    [OutputType([System.TimeSpan])]
    param()
    return [System.TimeSpan]::FromSeconds([System.Diagnostics.Stopwatch]::GetTimestamp() / [System.Diagnostics.Stopwatch]::Frequency)
}
