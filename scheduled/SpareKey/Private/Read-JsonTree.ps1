function Read-JsonTree {
    <#
    .SYNOPSIS
        Reads one JSON value by .NET's own reader and puts it into the holder's entry Value.
    .DESCRIPTION
        Without recursion and without output, since a document may hold digits. Objects become ordered dictionaries,
        lists become lists. A number that no decimal can hold becomes null: it could not be written again.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Xml.XmlDictionaryReader] $Reader,
        [Parameter(Mandatory = $true)] [hashtable] $Into,
        # How deep the document may be nested.
        [int] $MaxDepth = 10000
    )
    $isNumber = '^-?[0-9]{1,18}$'
    $culture = [System.Globalization.CultureInfo]::InvariantCulture
    $open = [System.Collections.Generic.Stack[object]]::new()
    while ($Reader.Read()) {
        if ($Reader.NodeType -eq [System.Xml.XmlNodeType]::Element) {
            if ($open.Count -ge $MaxDepth) {
                throw (New-Object -TypeName System.FormatException -ArgumentList 'The document is nested too deeply')
            }
            $frame = @{ Name = $Reader.LocalName; Type = $Reader.GetAttribute('type'); Text = $null; Value = $null }
            if ($Reader.NamespaceURI -eq 'item') {
                $frame['Name'] = $Reader.GetAttribute('item')
            }
            switch ($frame['Type']) {
                'object' { $frame['Value'] = [ordered]@{} }
                'array' { $frame['Value'] = [System.Collections.Generic.List[object]]::new() }
                default { $frame['Text'] = New-Object -TypeName System.Text.StringBuilder }
            }
            $open.Push($frame)
            if (-not $Reader.IsEmptyElement) {
                continue
            }
        } elseif ($Reader.NodeType -ne [System.Xml.XmlNodeType]::EndElement) {
            # A long text comes in several nodes.
            if ($null -ne $open.Peek()['Text']) {
                [void]$open.Peek()['Text'].Append($Reader.Value)
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
                    $number = [double]::Parse($frame['Text'].ToString(), $culture)
                    if ([System.Math]::Abs($number) -lt 7.9e28) {
                        $frame['Value'] = $number
                    }
                }
            }
        }
        if ($open.Count -eq 0) {
            $Into['Value'] = $frame['Value']
        } elseif ($open.Peek()['Type'] -eq 'array') {
            $open.Peek()['Value'].Add($frame['Value'])
        } elseif ([string]::IsNullOrEmpty($frame['Name'])) {
            throw (New-Object -TypeName System.FormatException -ArgumentList 'A member has no name')
        } else {
            $open.Peek()['Value'][$frame['Name']] = $frame['Value']
        }
    }
}
