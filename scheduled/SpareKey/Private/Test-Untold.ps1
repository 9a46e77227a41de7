function Test-Untold {
    <#
    .SYNOPSIS
        Tells whether a run failed in a way that the program does not know of: it tells its own failures itself.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Result)
    if (($Result['ExitCode'] -eq 0) -or [string]::IsNullOrEmpty([string]$Result['Error'])) {
        return $false
    }
    # With an error it failed, with entries for the event log it came to its end.
    return ($null -eq $script:Answer) -or -not ($script:Answer.Contains('error') -or $script:Answer.Contains('eventLog'))
}
