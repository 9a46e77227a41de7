function Send-CarriedReport {
    <#
    .SYNOPSIS
        Carries all that the program's answer asks for to its places, side by side.
    .OUTPUTS
        As Send-SpareKeyReport, of all places together: a receipt for every report, in the order of the places.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Place,
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        # What is left of the run.
        [Parameter(Mandatory = $true)] [double] $Seconds,
        # Leaves status.json for later.
        [switch] $ReportOnly
    )
    $jobs = [System.Collections.Generic.List[object]]::new()
    $reasons = @{}
    foreach ($one in $Place) {
        $name = $one['Name']
        $items = 0
        foreach ($item in $script:Answer['carry']) {
            if (($item['destination'] -ceq $name) -and -not ($ReportOnly -and $item['replace'])) {
                $items++
            }
        }
        if ($items -eq 0) {
            continue
        }
        $limit = [System.Math]::Min($Seconds, $one['Seconds'])
        $reasons[$name] = $one['Error']
        if ($script:Abandoned.Contains($name)) {
            $reasons[$name] = 'it did not answer a moment ago'
        } elseif ($limit -le 0) {
            $reasons[$name] = 'there was no time left for it'
        }
        if (($null -ne $reasons[$name]) -or ($null -eq $one['Root'])) {
            continue
        }
        $parameter = @{ Destination = $name; Root = $one['Root']; Seconds = $limit; ReportOnly = [bool]$ReportOnly }
        $command = 'Send-SpareKeyReport'
        if ($one['Kind'] -eq 'onedrive') {
            try {
                $parameter['Pickup'] = Initialize-Pickup -DataFolder $DataFolder -Sid $one['Sid'] -Target $one['Personal']
            } catch {
                $reasons[$name] = 'cannot make the pick-up folder: ' + (Get-FailureText -Exception $_.Exception)
                continue
            }
            $command = 'Send-PickupReport'
            foreach ($member in 'Personal', 'Sid', 'SignedIn') {
                $parameter[$member] = $one[$member]
            }
        }
        $jobs.Add(@{ Name = $name; Command = $command; Parameter = $parameter; Seconds = $limit })
    }
    $answers = Invoke-SideBySide -Job $jobs.ToArray()
    $result = [ordered]@{
        Receipts = [System.Collections.Generic.List[object]]::new()
        Problems = [System.Collections.Generic.List[string]]::new()
    }
    foreach ($name in @(foreach ($one in $Place) { $one['Name'] })) {
        if ($answers.ContainsKey($name) -and ($null -ne $answers[$name]['Value'])) {
            $result['Receipts'].AddRange($answers[$name]['Value']['Receipts'])
            $result['Problems'].AddRange($answers[$name]['Value']['Problems'])
            continue
        }
        if ($answers.ContainsKey($name)) {
            $reasons[$name] = $answers[$name]['Error']
        }
        foreach ($item in $script:Answer['carry']) {
            if (($item['destination'] -ceq $name) -and -not $item['replace']) {
                $receipt = [ordered]@{ destination = $name; name = $item['name']; sha256 = $item['sha256']; outcome = 'pending'; error = $reasons[$name] }
                $result['Receipts'].Add($receipt)
            }
        }
    }
    return $result
}
