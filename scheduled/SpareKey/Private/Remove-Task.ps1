function Remove-Task {
    <#
    .SYNOPSIS
        Ends the runs of a task and removes it; one that is not there is gone already.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [string] $Name
    )
    [void](Invoke-WindowsTool -Name 'schtasks.exe' -Argument @('/End', '/TN', $Name))
    $answer = Invoke-WindowsTool -Name 'schtasks.exe' -Argument @('/Delete', '/TN', $Name, '/F')
    if (($answer['ExitCode'] -ne 0) -and ($null -ne (Read-RegisteredTask -Name $Name))) {
        $problem = @{ ExitCode = 3; Message = 'Cannot remove the task "{0}": {1}' -f $Name, $answer['Output'].Trim() }
        throw (New-SpareKeyException @problem -Hint 'remove it in Task Scheduler')
    }
    if ([System.IO.Directory]::Exists([System.IO.Path]::Combine($DataFolder, 'tasks'))) {
        [System.IO.File]::Delete((Get-TaskFile -DataFolder $DataFolder -Name $Name))
        [System.IO.File]::Delete((Get-TaskFile -DataFolder $DataFolder -Name $Name -Registered))
    }
}
