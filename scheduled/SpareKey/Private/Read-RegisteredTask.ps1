function Read-RegisteredTask {
    <#
    .SYNOPSIS
        Reads a task as Task Scheduler has it.
    .OUTPUTS
        Its XML; null when there is no such task; an empty text when Task Scheduler answers without saying anything.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Name)
    $answer = Invoke-WindowsTool -Name 'schtasks.exe' -Argument @('/Query', '/TN', $Name, '/XML')
    if ($answer['ExitCode'] -ne 0) {
        return $null
    }
    $start = $answer['Output'].IndexOf('<Task', [System.StringComparison]::Ordinal)
    if ($start -lt 0) {
        return ''
    }
    return $answer['Output'].Substring($start).Replace("`r`n", "`n").Trim()
}
