function Stop-Installation {
    <#
    .SYNOPSIS
        Disables the tasks and ends their runs, so that files can be replaced. What a run owed, the next one delivers.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $DataFolder)
    foreach ($name in @(Get-KnownTask -DataFolder $DataFolder)) {
        # Both fail where there is no such task, and the second where none of its runs is under way.
        $answer = Invoke-WindowsTool -Name 'schtasks.exe' -Argument @('/Change', '/TN', $name, '/DISABLE')
        if (($answer['ExitCode'] -ne 0) -and ((Get-TaskState -Name $name) -eq 'ready')) {
            $problem = @{ ExitCode = 3; Message = 'Cannot disable the task "{0}": {1}' -f $name, $answer['Output'].Trim() }
            throw (New-SpareKeyException @problem -Hint 'disable it in Task Scheduler, and try again')
        }
        [void](Invoke-WindowsTool -Name 'schtasks.exe' -Argument @('/End', '/TN', $name))
    }
}
