function Read-Answer {
    <#
    .SYNOPSIS
        Reads the JSON object that the program wrote to stdout into the module's answer.
    .DESCRIPTION
        What the reader says of broken JSON is dropped: it may quote it.
    .OUTPUTS
        Whether there was one JSON object.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param()
    $script:Answer = $null
    $reader = $null
    $holder = @{ Value = $null }
    try {
        $quotas = [System.Xml.XmlDictionaryReaderQuotas]::Max
        $reader = [System.Runtime.Serialization.Json.JsonReaderWriterFactory]::CreateJsonReader($script:ProgramOutput, $quotas)
        Read-JsonTree -Reader $reader -Into $holder
        $script:Answer = $holder['Value']
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
