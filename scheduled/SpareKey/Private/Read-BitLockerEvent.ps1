function Read-BitLockerEvent {
    <#
    .SYNOPSIS
        Reads what Windows' own log says of protectors and of its backups of recovery keys, in the last 30 days.
    .DESCRIPTION
        A channel that is switched off, missing or closed is told as such: nothing of it means "not saved".
    .OUTPUTS
        A dictionary: events, oldest first, and eventLog with the channel's state and the time of its oldest event.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param()
    $channel = 'Microsoft-Windows-BitLocker/BitLocker Management'
    # Protectors, backups to Active Directory, Microsoft account and Entra, rotation. What they mean: see windows_backups.ts.
    $ids = @(513, 514, 775, 776) + 783..785 + 828..831 + 845..847 + 855..858 + 869 + 4106..4108 + 4119, 4121, 4123
    # As ranges: Windows refuses a query of more than 22 comparisons.
    $ranges = @(@(513, 514), @(775, 776), @(783, 785), @(828, 831), @(845, 847), @(855, 858), @(869, 869), @(4106, 4108), @(4119, 4123))
    $tests = foreach ($range in $ranges) {
        '(EventID >= {0} and EventID <= {1})' -f $range[0], $range[1]
    }
    $days30 = 30 * 24 * 60 * 60 * 1000L
    $filter = '*[System[TimeCreated[timediff(@SystemTime) <= {0}] and ({1})]]' -f $days30, [string]::Join(' or ', @($tests))
    $log = [ordered]@{ state = 'read'; since = $null; message = $null }
    $events = [System.Collections.Generic.List[object]]::new()
    try {
        $query = @{ ListLog = $channel; ErrorAction = 'Stop' }
        # A channel that is off may still hold what was logged before.
        if (-not @(Get-WinEvent @query)[0].IsEnabled) {
            $log['state'] = 'off'
        }
        $query = @{ LogName = $channel; Oldest = $true; MaxEvents = 1; ErrorAction = 'Stop' }
        foreach ($record in Get-WinEvent @query) {
            $log['since'] = (Read-EventRecord -Record $record)['time']
        }
        $query = @{ LogName = $channel; FilterXPath = $filter; MaxEvents = 500; ErrorAction = 'Stop' }
        foreach ($record in Get-WinEvent @query) {
            if ($ids -contains $record.Id) {
                $events.Add((Read-EventRecord -Record $record))
            }
        }
    } catch {
        # Not by the text, which is in the language of Windows.
        if ($_.FullyQualifiedErrorId -like 'NoMatchingLogsFound*') {
            $log['state'] = 'missing'
            $log['message'] = $_.Exception.Message
        } elseif ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') {
            $log['state'] = 'unreadable'
            $log['message'] = $_.Exception.Message
            $code = Get-ErrorCode -Exception $_.Exception
            if ($null -ne $code) {
                $log['message'] += " ($code)"
            }
        }
    }
    $events.Reverse()
    return [ordered]@{ events = $events; eventLog = $log }
}
