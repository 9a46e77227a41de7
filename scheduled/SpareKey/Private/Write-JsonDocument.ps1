function Write-JsonDocument {
    <#
    .SYNOPSIS
        Writes a tree as UTF-8 JSON into the module's document. Nothing is returned: it may hold secrets.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Tree)
    $stream = New-Object -TypeName System.IO.MemoryStream
    $encoding = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
    $writer = [System.Runtime.Serialization.Json.JsonReaderWriterFactory]::CreateJsonWriter($stream, $encoding, $false)
    try {
        Write-JsonNode -Writer $writer -Name 'root' -Value $Tree
        $writer.Flush()
        $script:Document = $stream.ToArray()
    } finally {
        $writer.Dispose()
        [System.Array]::Clear($stream.GetBuffer(), 0, $stream.GetBuffer().Length)
        $stream.Dispose()
    }
}
