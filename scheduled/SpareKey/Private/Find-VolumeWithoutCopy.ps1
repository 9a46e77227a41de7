function Find-VolumeWithoutCopy {
    <#
    .SYNOPSIS
        Lists the encrypted volumes with a current key that lies nowhere, by their short names, from what "status" says.
    .DESCRIPTION
        That a copy lies somewhere, but not outside the PC, the last run found out; then one entry stands for all.
    .OUTPUTS
        Short names, without doubles.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Status)
    $names = [System.Collections.Generic.List[string]]::new()
    foreach ($volume in $Status['volumes']) {
        foreach ($key in $volume['keys']) {
            if ($volume['present'] -and $key['current'] -and (@($key['copies']).Count -eq 0)) {
                $name = Get-VolumeShortName -Volume $volume
                if (-not $names.Contains($name)) {
                    $names.Add($name)
                }
            }
        }
    }
    if (($names.Count -eq 0) -and ($null -ne $Status['lastRun']) -and (@($Status['lastRun']['findings']) -contains 'no-copy-outside')) {
        $names.Add('at least one drive')
    }
    return $names.ToArray()
}
