function Read-EventRecord {
    <#
    .SYNOPSIS
        Reads of one event which protector and drive it names, and with which code Windows failed.
    .DESCRIPTION
        From the event's data, never from its message, which is in the language of Windows. The names of the data
        differ between events, so values are taken by name and shape: only a GUID, a drive letter and one number can
        pass, whatever else an event may hold.
    .OUTPUTS
        A dictionary as in the snapshot: id, time, protectorId, drive, code.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param([Parameter(Mandatory = $true)] [object] $Record)
    $culture = [System.Globalization.CultureInfo]::InvariantCulture
    $entry = [ordered]@{ id = [int]$Record.Id; time = $null; protectorId = $null; drive = $null; code = $null }
    if ($null -ne $Record.TimeCreated) {
        $entry['time'] = $Record.TimeCreated.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', $culture)
    }
    $document = New-Object -TypeName System.Xml.XmlDocument
    $document.XmlResolver = $null
    try {
        $document.LoadXml($Record.ToXml())
    } catch {
        # A control character in a value: number and time are known all the same.
        return $entry
    }
    foreach ($node in $document.SelectNodes("/*/*[local-name()='EventData' or local-name()='UserData']//*[not(*)]")) {
        $name = $node.GetAttribute('Name')
        if ($name.Length -eq 0) {
            $name = $node.LocalName
        }
        $value = $node.InnerText.Trim()
        if (($name -match 'Protector|Key') -and ($value -match '^\{?[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}?$')) {
            $entry['protectorId'] = $value
        } elseif (($name -match 'Volume|Drive|Mount') -and ($value -match '^[A-Z]:\\?$')) {
            $entry['drive'] = $value.Substring(0, 2).ToUpperInvariant()
        } elseif (($name -match 'Error|HResult|Status') -and ($value -match '^(0x[0-9A-F]{1,8}|-?[0-9]{1,10})$')) {
            $number = 0L
            if ($value.StartsWith('0x', [System.StringComparison]::OrdinalIgnoreCase)) {
                $number = [System.Convert]::ToInt64($value, 16)
            } else {
                $number = [long]::Parse($value, $culture)
            }
            # 0 is success.
            if ($number -ne 0) {
                $entry['code'] = ConvertTo-HResultText -Code $number
            }
        }
    }
    return $entry
}
