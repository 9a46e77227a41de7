function Read-CarriedListing {
    <#
    .SYNOPSIS
        Looks at all shares and OneDrive folders of the settings, side by side.
    .OUTPUTS
        The listings of the envelope: one a destination, in their order.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Place,
        # As Read-HostName gives them.
        [Parameter(Mandatory = $true)] [string[]] $Name,
        # What is left of the run.
        [Parameter(Mandatory = $true)] [double] $Seconds
    )
    $jobs = @(foreach ($one in $Place) {
            $limit = [System.Math]::Min($Seconds, $one['Seconds'])
            if (($null -ne $one['Root']) -and ($limit -gt 0) -and -not $script:Abandoned.Contains($one['Name'])) {
                $parameter = @{ Destination = $one['Name']; Root = $one['Root']; Name = $Name; Seconds = $limit; Personal = [string]$one['Personal'] }
                @{ Name = $one['Name']; Command = 'Read-PlaceListing'; Parameter = $parameter; Seconds = $limit }
            }
        })
    $answers = Invoke-SideBySide -Job $jobs
    foreach ($one in $Place) {
        # Not $name: that is the parameter's.
        $destination = $one['Name']
        if ($answers.ContainsKey($destination) -and ($null -ne $answers[$destination]['Value'])) {
            $listing = $answers[$destination]['Value']
        } else {
            $listing = [ordered]@{ destination = $destination; reachable = $false; error = $one['Error']; blind = $false; linked = $null; folders = @() }
            if ($answers.ContainsKey($destination)) {
                $listing['error'] = $answers[$destination]['Error']
            } elseif ($script:Abandoned.Contains($destination)) {
                $listing['error'] = 'it did not answer a moment ago'
            } elseif ($null -ne $one['Root']) {
                $listing['error'] = 'there was no time left for it'
            }
        }
        $listing['linked'] = $one['Linked']
        $listing
    }
}
