function Get-RunEvent {
    <#
    .SYNOPSIS
        Gives the entries for Windows' event log: those of the program's answer, and what it could not say itself.
    .OUTPUTS
        Dictionaries: id, level, text.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Result)
    $answered = $false
    if (($null -ne $script:Answer) -and $script:Answer.Contains('eventLog')) {
        $answered = $true
        foreach ($entry in $script:Answer['eventLog']) {
            [ordered]@{ id = [int]$entry['id']; level = [string]$entry['level']; text = [string]$entry['text'] }
        }
    }
    if ([string]::IsNullOrEmpty([string]$Result['Error'])) {
        return
    }
    # 150 settings and secrets, 190 a bug, 130 anything else that kept the run from reading or from ending.
    $id = 130
    $level = 'error'
    if ($answered) {
        # The run ended; what the script itself adds is a secret that it could not open.
        $id = 150
        $level = 'warning'
    } elseif ($Result['ExitCode'] -eq 10) {
        $id = 150
    } elseif ($Result['ExitCode'] -eq 1) {
        $id = 190
    } elseif ($Result['ExitCode'] -eq 13) {
        # Another run is under way: nothing is wrong yet.
        $level = 'warning'
    }
    $text = [string]$Result['Error']
    if (-not [string]::IsNullOrEmpty([string]$Result['Hint'])) {
        $text += [System.Environment]::NewLine + $Result['Hint']
    }
    [ordered]@{ id = $id; level = $level; text = $text }
}
