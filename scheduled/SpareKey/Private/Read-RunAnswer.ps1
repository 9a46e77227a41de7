function Read-RunAnswer {
    <#
    .SYNOPSIS
        Reads the program's answer to a nightly run into the result. What it hands over to be carried is left out.
    .OUTPUTS
        Whether the program did its work; if not, Error and Hint of the result say why.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Result,
        # Of a second start: the changes are those of the first.
        [switch] $KeepChanges
    )
    if (-not (Read-Answer)) {
        $Result['Error'] = 'The program ended with code {0} and no answer' -f $Result['ExitCode']
        $Result['Hint'] = 'logs\last-failure.txt in the data folder holds what it said'
        if ($Result['ExitCode'] -eq 0) {
            $Result['ExitCode'] = 1
        }
        return $false
    }
    if ($script:Answer.Contains('error')) {
        $Result['Error'] = $script:Answer['error']['message']
        $Result['Hint'] = $script:Answer['error']['hint']
        return $false
    }
    foreach ($name in 'Host', 'TakenAt') {
        if ($script:Answer.Contains($name)) {
            $Result[$name] = $script:Answer[$name]
        }
    }
    foreach ($name in 'Changes', 'Findings', 'Deliveries') {
        if ($script:Answer.Contains($name) -and -not ($KeepChanges -and ($name -eq 'Changes'))) {
            $Result[$name] = @(foreach ($item in $script:Answer[$name]) { ConvertTo-ResultObject -Value $item })
        }
    }
    return $true
}
