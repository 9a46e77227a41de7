function Test-EventSeen {
    <#
    .SYNOPSIS
        Tells whether the last snapshot that led to a whole run is younger than an event: then there is nothing to do.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        # As ConvertTo-EventTime gives it.
        [Parameter(Mandatory = $true)] [System.DateTimeOffset] $Time
    )
    $file = [System.IO.Path]::Combine($DataFolder, 'last-snapshot')
    if (-not [System.IO.File]::Exists($file)) {
        return $false
    }
    $last = ConvertTo-EventTime -Text ([System.IO.File]::ReadAllText($file).Trim())
    return ($null -ne $last) -and ($last -gt $Time)
}
