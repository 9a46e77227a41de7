function Invoke-Night {
    <#
    .SYNOPSIS
        Does a night after everything was collected: looks at shares and OneDrive folders, starts the program, carries
        what it hands over, and starts it once more where reports were carried.
    .DESCRIPTION
        The result takes what the program says; a status.json that could not be replaced is a warning.
    #>
    [CmdletBinding()]
    param(
        # All but listings, access and receipts, which come in here.
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Envelope,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Plan,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Result,
        # Deno's, up to the task's own.
        [Parameter(Mandatory = $true)] [string[]] $Argument,
        [Parameter(Mandatory = $true)] [string] $DenoPath,
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        # Of the whole run, and its limit.
        [Parameter(Mandatory = $true)] [System.Diagnostics.Stopwatch] $Clock,
        [Parameter(Mandatory = $true)] [int] $LimitSecond,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [System.Collections.Generic.List[string]] $Problems,
        [bool] $DryRun
    )
    $start = @{ Argument = $Argument; DenoPath = $DenoPath; DataFolder = $DataFolder; Envelope = $Envelope; Result = $Result }
    if ($DryRun) {
        $start['Argument'] = $Argument + '--dry-run'
    }
    if ((Test-Windows) -and ($Plan['folders'].Count -gt 0)) {
        $Envelope['access'] = @(Read-FolderAccess -Plan $Plan)
    }
    $carries = $Plan['carried'].Count -gt 0
    $places = @()
    $listings = @()
    if ($carries) {
        Read-ShareCredential -Carried $Plan['carried'] -DataFolder $DataFolder -Problems $Problems
        $places = @(Get-CarriedPlace -Carried $Plan['carried'] -DataFolder $DataFolder)
        if (-not $DryRun) {
            Sync-PickupTask -Place $places -DataFolder $DataFolder
        }
        $look = @{ Place = $places; Name = Read-HostName -HostName $Envelope['snapshot']['host']['name'] -DataFolder $DataFolder }
        $listings = @(Read-CarriedListing @look -Seconds ($LimitSecond - $Clock.Elapsed.TotalSeconds))
        $Envelope['listings'] = $listings
    }
    if (-not $DryRun) {
        Clear-Pickup -DataFolder $DataFolder -Place $places -Listing $listings
    }
    $done = Start-Check @start -Seconds ($LimitSecond - $Clock.Elapsed.TotalSeconds)
    $carries = $carries -and -not $DryRun
    $warnings = [System.Collections.Generic.List[string]]::new()
    if ($done -and $carries -and (Test-Carry -Report)) {
        $carry = @{ Place = $places; DataFolder = $DataFolder }
        $carried = Send-CarriedReport @carry -ReportOnly -Seconds ($LimitSecond - $Clock.Elapsed.TotalSeconds)
        $Envelope['listings'] = @(Read-CarriedListing @look -Seconds ($LimitSecond - $Clock.Elapsed.TotalSeconds))
        $Envelope['receipts'] = $carried['Receipts']
        $warnings.AddRange($carried['Problems'])
        $done = Start-Check @start -Seconds ($LimitSecond - $Clock.Elapsed.TotalSeconds) -KeepChanges
    }
    if ($done -and $carries -and (Test-Carry)) {
        $carry = @{ Place = $places; DataFolder = $DataFolder }
        $carried = Send-CarriedReport @carry -Seconds ($LimitSecond - $Clock.Elapsed.TotalSeconds)
        $warnings.AddRange($carried['Problems'])
        foreach ($receipt in $carried['Receipts']) {
            # Nobody but the next night hears of these.
            if (($receipt['outcome'] -eq 'pending') -and ($Result['ExitCode'] -eq 0)) {
                $Result['ExitCode'] = 3
            }
        }
    }
    foreach ($warning in [System.Collections.Generic.HashSet[string]]::new($warnings)) {
        Write-Warning -Message $warning
    }
    if ($done -and -not $DryRun -and (@(0, 3) -contains $Result['ExitCode'])) {
        $file = [System.IO.Path]::Combine($DataFolder, 'last-snapshot')
        try {
            Save-Text -Path $file -Text $Envelope['snapshot']['takenAt']
        } catch {
            # Costs no more than a run for an event that was seen already.
            Write-Warning -Message ('Cannot write "{0}": {1}' -f $file, $_.Exception.GetBaseException().Message)
        }
        Save-LastGoodSetting -Settings $Envelope['settings'] -DataFolder $DataFolder
    }
}
