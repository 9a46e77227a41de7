<#
    Stands in for Get-WinEvent: answers from a recording in tests/testdata/events, whose XML is in the form that
    EventLogRecord.ToXml() gives. The query is run, not recognised: .NET's own XPath reads it, after what Windows adds to
    XPath 1.0 (timediff) is replaced by a number.
#>
Set-StrictMode -Version 3.0

# The one channel that can be read here, empty until a recording is imported.
$script:Channel = 'Microsoft-Windows-BitLocker/BitLocker Management'
$script:Empty = @{ now = '2026-11-24T02:00:00Z'; enabled = $true; events = @() }
$script:Recording = $script:Empty
# Windows refuses a query with more comparisons than this: "The specified query is invalid".
$script:MostComparisons = 22

function Import-EventRecording {
    # Takes a recording by its file, or one made in the test; without either an empty channel.
    param([string] $Path = '', [hashtable] $Recording = $script:Empty)
    $script:Recording = $Recording
    if ($Path.Length -gt 0) {
        $script:Recording = [System.IO.File]::ReadAllText($Path) | ConvertFrom-Json -AsHashtable -DateKind String
    }
}

function New-EventFailure {
    param([string] $Id, [string] $Text, [int] $HResult = 0)
    $exception = [System.Exception]::new($Text)
    if ($HResult -ne 0) {
        $exception = [System.UnauthorizedAccessException]::new($Text)
    }
    return [System.Management.Automation.ErrorRecord]::new($exception, $Id, 'NotSpecified', $null)
}

function Get-WinEvent {
    [CmdletBinding()]
    param([string] $ListLog, [string] $LogName, [string] $FilterXPath = '*', [long] $MaxEvents = [long]::MaxValue, [switch] $Oldest)
    $now = [System.DateTimeOffset]::Parse($script:Recording['now'], [System.Globalization.CultureInfo]::InvariantCulture)
    if ($script:Recording['missing']) {
        $PSCmdlet.ThrowTerminatingError((New-EventFailure -Id 'NoMatchingLogsFound' -Text 'Auf dem Computer "localhost" ist kein passendes Ereignisprotokoll vorhanden.'))
    }
    if ($script:Recording['denied']) {
        $PSCmdlet.ThrowTerminatingError((New-EventFailure -Id 'LogInfoUnavailable' -Text 'Es wurde versucht, einen nicht autorisierten Vorgang auszufuehren.' -HResult 5))
    }
    if ("$ListLog$LogName" -cne $script:Channel) {
        throw "The recording has no channel $ListLog$LogName"
    }
    if ($ListLog.Length -gt 0) {
        return [PSCustomObject]@{ LogName = $ListLog; IsEnabled = $script:Recording['enabled']; RecordCount = $script:Recording['events'].Count }
    }
    if ([regex]::Matches($FilterXPath, '[<>=]=?').Count -gt $script:MostComparisons) {
        $PSCmdlet.ThrowTerminatingError((New-EventFailure -Id 'EventLogException' -Text 'The specified query is invalid'))
    }
    $found = @(foreach ($xml in $script:Recording['events']) {
            $document = [System.Xml.XmlDocument]::new()
            $document.LoadXml([regex]::Replace($xml, "xmlns='[^']*'", ''))
            $system = $document.DocumentElement.SelectSingleNode('System')
            $time = [System.DateTimeOffset]::Parse($system.SelectSingleNode('TimeCreated/@SystemTime').Value, [System.Globalization.CultureInfo]::InvariantCulture)
            $query = $FilterXPath.Replace('timediff(@SystemTime)', [string][long]($now - $time).TotalMilliseconds)
            if (@($document.SelectNodes($query)).Count -gt 0) {
                $record = [PSCustomObject]@{ Id = [int]$system.SelectSingleNode('EventID').InnerText; TimeCreated = $time.LocalDateTime; Xml = $xml }
                $record | Add-Member -MemberType ScriptMethod -Name ToXml -Value { $this.Xml } -PassThru
            }
        })
    if (-not $Oldest) {
        [System.Array]::Reverse($found)
    }
    if ($found.Count -eq 0) {
        $PSCmdlet.ThrowTerminatingError((New-EventFailure -Id 'NoMatchingEventsFound' -Text 'Es wurden keine Ereignisse gefunden.'))
    }
    return $found | Select-Object -First ([int][System.Math]::Min($MaxEvents, [int]::MaxValue))
}

Export-ModuleMember -Function 'Get-WinEvent', 'Import-EventRecording'
