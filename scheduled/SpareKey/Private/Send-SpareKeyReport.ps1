function Send-SpareKeyReport {
    <#
    .SYNOPSIS
        Carries what the program handed over for one place, and says what became of each file.
    .DESCRIPTION
        Runs in a runspace of its own. The items come from the module's answer: their content passes no parameter,
        pipeline or output.
    .OUTPUTS
        A dictionary: Receipts (for the envelope), and Problems, a list of texts about status.json.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)] [string] $Destination,
        # Where to; it must be there.
        [Parameter(Mandatory = $true)] [string] $Root,
        [Parameter(Mandatory = $true)] [double] $Seconds,
        # Leaves status.json for later.
        [switch] $ReportOnly,
        # The root is this PC's own pick-up: what has the name is replaced.
        [switch] $Replace
    )
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $result = [ordered]@{
        Receipts = [System.Collections.Generic.List[object]]::new()
        Problems = [System.Collections.Generic.List[string]]::new()
    }
    $drive = $null
    $trouble = $null
    try {
        $drive = Connect-Share -Destination $Destination -Root $Root
        $null = Get-RootAttribute -Path $Root
    } catch {
        $trouble = Get-FailureText -Exception $_.Exception
    }
    $tidied = @{}
    try {
        for ($index = 0; $index -lt $script:Answer['carry'].Count; $index++) {
            $item = $script:Answer['carry'][$index]
            if (($item['destination'] -cne $Destination) -or ($ReportOnly -and $item['replace'])) {
                continue
            }
            $receipt = [ordered]@{ destination = $Destination; name = $item['name']; sha256 = $item['sha256']; outcome = 'pending'; error = $trouble }
            if (($null -eq $trouble) -and ($clock.Elapsed.TotalSeconds -ge $Seconds)) {
                $receipt['error'] = 'there was no time left for it'
            }
            if ($null -eq $receipt['error']) {
                try {
                    $receipt['outcome'] = Write-CarriedFile -Index $index -Root $Root -Replace:$Replace
                    if (-not $tidied.ContainsKey($item['folder'])) {
                        Remove-Temporary -Folder ([System.IO.Path]::Combine($Root, $item['folder']))
                        $tidied[$item['folder']] = $true
                    }
                } catch {
                    $receipt['error'] = Get-FailureText -Exception $_.Exception
                }
            }
            if (-not $item['replace']) {
                $result['Receipts'].Add($receipt)
            } elseif ($null -ne $receipt['error']) {
                $result['Problems'].Add(('Cannot replace status.json at "{0}": {1}' -f $Destination, $receipt['error']))
            }
        }
    } finally {
        Disconnect-Share -Drive $drive
    }
    return $result
}
