function Write-JsonNode {
    <#
    .SYNOPSIS
        Writes one value of a tree as JSON, by .NET's own writer.
    .DESCRIPTION
        The tree holds no secrets: an object with the property Secret stands for the one of that name, which goes
        straight from the module's secrets to the writer.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Xml.XmlDictionaryWriter] $Writer,
        [Parameter(Mandatory = $true)] [string] $Name,
        [AllowNull()] [AllowEmptyString()] [AllowEmptyCollection()] [object] $Value
    )
    if ($Name -match '^[A-Za-z]+$') {
        $Writer.WriteStartElement($Name)
    } else {
        # How JsonReaderWriterFactory spells a member name that is no XML name.
        $Writer.WriteStartElement('a', 'item', 'item')
        $Writer.WriteAttributeString('item', $Name)
    }
    if ($null -eq $Value) {
        $Writer.WriteAttributeString('type', 'null')
    } elseif ($Value -is [bool]) {
        $Writer.WriteAttributeString('type', 'boolean')
        $Writer.WriteValue($Value)
    } elseif ($Value -is [System.Collections.IDictionary]) {
        $Writer.WriteAttributeString('type', 'object')
        # Not by its property Keys: an entry of that name would stand in front of it.
        foreach ($entry in $Value.GetEnumerator()) {
            Write-JsonNode -Writer $Writer -Name $entry.Key -Value $entry.Value
        }
    } elseif ($Value -is [System.Management.Automation.PSCustomObject]) {
        $Writer.WriteAttributeString('type', 'string')
        $Writer.WriteString($script:Secrets[$Value.Secret])
    } elseif (($Value -is [string]) -or ($Value -is [char])) {
        $Writer.WriteAttributeString('type', 'string')
        # Half a surrogate pair, which a volume's label may hold, becomes U+FFFD: the way back could not be read.
        $utf8 = [System.Text.Encoding]::UTF8
        $Writer.WriteString($utf8.GetString($utf8.GetBytes([string]$Value)))
    } elseif ($Value -is [System.Collections.IEnumerable]) {
        $Writer.WriteAttributeString('type', 'array')
        foreach ($item in $Value) {
            Write-JsonNode -Writer $Writer -Name 'item' -Value $item
        }
    } else {
        # Windows' numbers are whole; decimal holds a 64-bit one, signed or not.
        $Writer.WriteAttributeString('type', 'number')
        $Writer.WriteValue([decimal]$Value)
    }
    $Writer.WriteEndElement()
}
