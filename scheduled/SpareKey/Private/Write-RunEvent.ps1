function Write-RunEvent {
    <#
    .SYNOPSIS
        Tells Windows' event log what a run did, for those who watch or forward it. Never fails a run.
    .DESCRIPTION
        The texts name Key IDs, never digits; they are blanked all the same before they pass any parameter.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Result)
    if (-not (Test-Windows)) {
        return
    }
    # An entry holds at most 31,839 characters: ReportEvent, Microsoft's documentation of winbase.h.
    $limit = 31000
    $talk = $script:ProgramTalk
    try {
        $source = Open-RegistryKey -Path 'SYSTEM\CurrentControlSet\Services\EventLog\Application\Spare Key'
        if ($null -eq $source) {
            Write-Warning -Message 'Cannot write to the event log: its source "Spare Key" is not registered (run Install-SpareKey.ps1)'
            return
        }
        $source.Close()
        foreach ($entry in @(Get-RunEvent -Result $Result)) {
            $script:ProgramTalk = $entry['text']
            Protect-Text
            $text = $script:ProgramTalk
            if ($text.Length -gt $limit) {
                $text = $text.Substring(0, $limit)
            }
            Write-EventEntry -Id $entry['id'] -Level $entry['level'] -Text $text
        }
    } catch {
        Write-Warning -Message ('Cannot write to the event log: ' + $_.Exception.GetBaseException().Message)
    } finally {
        $script:ProgramTalk = $talk
    }
}
