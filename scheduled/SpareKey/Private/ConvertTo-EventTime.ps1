function ConvertTo-EventTime {
    <#
    .SYNOPSIS
        Reads a time such as 2026-11-24T02:00:12.1234567Z; without an offset it is UTC, as in the event log.
    .OUTPUTS
        A DateTimeOffset, or null for anything else: Task Scheduler hands over "$(EventTime)" itself where no event is.
    #>
    [CmdletBinding()]
    [OutputType([System.DateTimeOffset])]
    param([AllowNull()] [AllowEmptyString()] [string] $Text)
    # .NET takes seven digits of a second; the event log may write nine.
    $match = [regex]::Match([string]$Text, '^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?)\d*(Z|[+-]\d\d:\d\d)?$')
    $style = [System.Globalization.DateTimeStyles]::AssumeUniversal
    $culture = [System.Globalization.CultureInfo]::InvariantCulture
    $time = [System.DateTimeOffset]::MinValue
    if ($match.Success -and
        [System.DateTimeOffset]::TryParse($match.Groups[1].Value + $match.Groups[2].Value, $culture, $style, [ref]$time)) {
        return $time
    }
    return $null
}
