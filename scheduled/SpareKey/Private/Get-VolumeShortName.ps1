function Get-VolumeShortName {
    <#
    .SYNOPSIS
        Names a volume without its label, which may hold a person's name: by its letter, else by the beginning of a Key ID.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Volume)
    $drive = [string]$Volume['drive']
    if ($drive -match '^[A-Za-z]:$') {
        return $drive.ToUpperInvariant()
    }
    foreach ($key in $Volume['keys']) {
        if ([string]$key['keyId'] -match '^[0-9A-Fa-f]{8}') {
            return 'key ' + $Matches[0].ToUpperInvariant()
        }
    }
    return 'no letter'
}
