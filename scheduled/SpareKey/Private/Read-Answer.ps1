function Read-Answer {
    <#
    .SYNOPSIS
        Reads the JSON object that the program wrote to stdout into the module's answer.
    .DESCRIPTION
        Without recursion and without output, since an answer may hold digits: .NET's reader, a stack, a variable.
        Objects become ordered dictionaries, lists become lists. What the reader says of broken JSON is dropped: it
        may quote it.
    .OUTPUTS
        Whether there was one JSON object.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param()
    $script:Answer = $null
    $isNumber = '^-?[0-9]{1,18}$'
    $culture = [System.Globalization.CultureInfo]::InvariantCulture
    $open = [System.Collections.Generic.Stack[object]]::new()
    $reader = $null
    try {
        $quotas = [System.Xml.XmlDictionaryReaderQuotas]::Max
        $reader = [System.Runtime.Serialization.Json.JsonReaderWriterFactory]::CreateJsonReader($script:ProgramOutput, $quotas)
        while ($reader.Read()) {
            if ($reader.NodeType -eq [System.Xml.XmlNodeType]::Element) {
                $frame = @{ Name = $reader.LocalName; Type = $reader.GetAttribute('type'); Text = $null; Value = $null }
                if ($reader.NamespaceURI -eq 'item') {
                    $frame['Name'] = $reader.GetAttribute('item')
                }
                switch ($frame['Type']) {
                    'object' { $frame['Value'] = [ordered]@{} }
                    'array' { $frame['Value'] = [System.Collections.Generic.List[object]]::new() }
                    default { $frame['Text'] = New-Object -TypeName System.Text.StringBuilder }
                }
                $open.Push($frame)
                if (-not $reader.IsEmptyElement) {
                    continue
                }
            } elseif ($reader.NodeType -ne [System.Xml.XmlNodeType]::EndElement) {
                # A long text comes in several nodes.
                if ($null -ne $open.Peek()['Text']) {
                    [void]$open.Peek()['Text'].Append($reader.Value)
                }
                continue
            }
            $frame = $open.Pop()
            switch ($frame['Type']) {
                'string' { $frame['Value'] = $frame['Text'].ToString() }
                'boolean' { $frame['Value'] = $frame['Text'].ToString() -eq 'true' }
                'number' {
                    if ($frame['Text'].ToString() -match $isNumber) {
                        $frame['Value'] = [long]::Parse($frame['Text'].ToString(), $culture)
                    } else {
                        $frame['Value'] = [double]::Parse($frame['Text'].ToString(), $culture)
                    }
                }
            }
            if ($open.Count -eq 0) {
                $script:Answer = $frame['Value']
            } elseif ($open.Peek()['Type'] -eq 'array') {
                $open.Peek()['Value'].Add($frame['Value'])
            } else {
                $open.Peek()['Value'][$frame['Name']] = $frame['Value']
            }
        }
    } catch {
        $script:Answer = $null
    } finally {
        if ($null -ne $reader) {
            $reader.Dispose()
        }
    }
    if ($script:Answer -isnot [System.Collections.IDictionary]) {
        $script:Answer = $null
    }
    return $null -ne $script:Answer
}
