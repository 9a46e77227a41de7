function Clear-Pickup {
    <#
    .SYNOPSIS
        Takes out of a user's pick-up what a listing shows in his OneDrive, and all of users who are no longer meant.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Place,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Listing
    )
    $root = [System.IO.Path]::Combine($DataFolder, 'pickup')
    if (-not [System.IO.Directory]::Exists($root)) {
        return
    }
    # While nobody knows who "any" is, what lies ready for the last one stays.
    $unsure = $false
    foreach ($one in $Place) {
        $unsure = $unsure -or (($one['Kind'] -eq 'onedrive') -and ($null -eq $one['Sid']))
    }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    foreach ($pickup in [System.IO.DirectoryInfo]::new($root).GetDirectories()) {
        $at = -1
        for ($index = 0; $index -lt $Place.Count; $index++) {
            if ($Place[$index]['Sid'] -eq $pickup.Name) {
                $at = $index
            }
        }
        try {
            if ($at -lt 0) {
                if (-not $unsure) {
                    $pickup.Delete($true)
                }
                continue
            }
            foreach ($folder in $Listing[$at]['folders']) {
                foreach ($seen in $folder['files']) {
                    $path = ConvertTo-LongPath -Path ([System.IO.Path]::Combine($pickup.FullName, $folder['name'], $seen['name']))
                    $laid = [System.IO.FileInfo]::new($path)
                    if (-not $laid.Exists -or ($laid.Length -ne $seen['size'])) {
                        continue
                    }
                    if ($seen['cloud'] -or ((Get-ContentHash -Path $path -Clock $clock -LimitMilliseconds ([long]::MaxValue)) -eq $seen['sha256'])) {
                        $laid.Delete()
                    }
                }
            }
        } catch {
            # His task reads it just now; the next night empties it.
            $null = $_
        }
    }
}
