function Get-CarriedPlace {
    <#
    .SYNOPSIS
        Turns the carried destinations of a plan into places: where each lies tonight, or why nobody knows.
    .OUTPUTS
        Dictionaries with Name, Kind, Root, Personal (the user's OneDrive folder), Sid, SignedIn, Linked, Error, Seconds.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Carried,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    foreach ($destination in $Carried) {
        $place = [ordered]@{
            Name     = $destination['name']
            Kind     = $destination['kind']
            Root     = $destination['path']
            Personal = $null
            Sid      = $null
            SignedIn = $false
            Linked   = $null
            Error    = $null
            Seconds  = [double]$destination['seconds']
        }
        if ($place['Kind'] -eq 'onedrive') {
            try {
                $found = Get-OneDriveFolder -User $destination['user'] -DataFolder $DataFolder
                foreach ($member in 'Sid', 'SignedIn', 'Linked', 'Error') {
                    $place[$member] = $found[$member]
                }
                $place['Personal'] = $found['Folder']
                if ($null -ne $found['Folder']) {
                    $place['Root'] = [System.IO.Path]::Combine($found['Folder'], 'Spare Key')
                }
            } catch {
                $place['Error'] = Get-FailureText -Exception $_.Exception
            }
        }
        $place
    }
}
