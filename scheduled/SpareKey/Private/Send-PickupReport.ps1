function Send-PickupReport {
    <#
    .SYNOPSIS
        Lays reports into a user's pick-up, has his task copy them while he is signed in, and waits for them to appear.
    .DESCRIPTION
        Runs in a runspace of its own. SYSTEM only reads in the user's folder. What was seen there is taken out of the
        pick-up; what was not is handed over: his task takes it when he signs in.
    .OUTPUTS
        As Send-SpareKeyReport.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)] [string] $Destination,
        [Parameter(Mandatory = $true)] [string] $Pickup,
        # The user's OneDrive folder, and the folder for reports in it.
        [Parameter(Mandatory = $true)] [string] $Personal,
        [Parameter(Mandatory = $true)] [string] $Root,
        [Parameter(Mandatory = $true)] [string] $Sid,
        [Parameter(Mandatory = $true)] [bool] $SignedIn,
        [Parameter(Mandatory = $true)] [double] $Seconds,
        [switch] $ReportOnly
    )
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $result = Send-SpareKeyReport -Destination $Destination -Root $Pickup -Seconds $Seconds -ReportOnly:$ReportOnly -Replace
    $waiting = [System.Collections.Generic.List[object]]::new()
    $at = 0
    for ($index = 0; $index -lt $script:Answer['carry'].Count; $index++) {
        $item = $script:Answer['carry'][$index]
        if (($item['destination'] -cne $Destination) -or $item['replace']) {
            continue
        }
        $receipt = $result['Receipts'][$at]
        $at++
        if ($receipt['outcome'] -ne 'delivered') {
            continue
        }
        $path = [System.IO.Path]::Combine($item['folder'], $item['name'])
        $copy = @{ Path = [System.IO.Path]::Combine($Root, $path); Below = $Personal; Size = Get-ContentLength -Index $index; Sha256 = $item['sha256'] }
        $one = @{ Receipt = $receipt; Copy = $copy; Laid = ConvertTo-LongPath -Path ([System.IO.Path]::Combine($Pickup, $path)) }
        $receipt['outcome'] = 'handed-over'
        if ([System.IO.File]::Exists((ConvertTo-LongPath -Path $copy['Path'])) -and -not (Test-SameFile @copy)) {
            $receipt['outcome'] = 'pending'
            $receipt['error'] = 'other content has the name'
            Remove-Temporary -Path $one['Laid']
            continue
        }
        $waiting.Add($one)
    }
    if (-not $SignedIn) {
        return $result
    }
    if (-not (Start-PickupTask -Sid $Sid)) {
        $result['Problems'].Add(('Cannot start the task "\Spare Key\OneDrive {0}": it is not there or refuses' -f $Sid))
        return $result
    }
    # Ends before whoever waits loses patience.
    while (($waiting.Count -gt 0) -and ($clock.Elapsed.TotalSeconds -lt $Seconds * 0.8)) {
        foreach ($one in $waiting.ToArray()) {
            $copy = $one['Copy']
            if (Test-SameFile @copy) {
                $one['Receipt']['outcome'] = 'delivered'
                Remove-Temporary -Path $one['Laid']
                [void]$waiting.Remove($one)
            }
        }
        if ($waiting.Count -gt 0) {
            [System.Threading.Thread]::Sleep(250)
        }
    }
    return $result
}
