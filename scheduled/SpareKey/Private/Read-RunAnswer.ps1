function Read-RunAnswer {
    <#
    .SYNOPSIS
        Reads the program's answer to a nightly run into the result. What it hands over to be carried is left out.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Result)
    if (-not (Read-Answer)) {
        $Result['Error'] = 'The program ended with code {0} and no answer' -f $Result['ExitCode']
        $Result['Hint'] = 'logs\last-failure.txt in the data folder holds what it said'
        if ($Result['ExitCode'] -eq 0) {
            $Result['ExitCode'] = 1
        }
        return
    }
    if ($script:Answer.Contains('error')) {
        $Result['Error'] = $script:Answer['error']['message']
        $Result['Hint'] = $script:Answer['error']['hint']
        return
    }
    foreach ($name in 'Host', 'TakenAt') {
        if ($script:Answer.Contains($name)) {
            $Result[$name] = $script:Answer[$name]
        }
    }
    foreach ($name in 'Changes', 'Findings', 'Deliveries') {
        if ($script:Answer.Contains($name)) {
            $Result[$name] = @(foreach ($item in $script:Answer[$name]) { ConvertTo-ResultObject -Value $item })
        }
    }
}
