function Write-EventEntry {
    <#
    .SYNOPSIS
        Writes one entry into Windows' event log: log Application, source Spare Key.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [int] $Id,
        [Parameter(Mandatory = $true)] [ValidateSet('information', 'warning', 'error')] [string] $Level,
        [Parameter(Mandatory = $true)] [string] $Text
    )
    $types = @{
        information = [System.Diagnostics.EventLogEntryType]::Information
        warning     = [System.Diagnostics.EventLogEntryType]::Warning
        error       = [System.Diagnostics.EventLogEntryType]::Error
    }
    [System.Diagnostics.EventLog]::WriteEntry('Spare Key', $Text, $types[$Level], $Id)
}
