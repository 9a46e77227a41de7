function Register-Task {
    <#
    .SYNOPSIS
        Gives a task to Task Scheduler, in place of one of its name, and keeps copies to find later changes by.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Xml
    )
    $temporary = [System.IO.Path]::Combine($DataFolder, 'temp', 'task-' + [System.Guid]::NewGuid().ToString('N') + '.xml')
    try {
        # UTF-16 with a byte order mark, as the XML says of itself.
        [System.IO.File]::WriteAllText($temporary, $Xml, [System.Text.Encoding]::Unicode)
        $answer = Invoke-WindowsTool -Name 'schtasks.exe' -Argument @('/Create', '/TN', $Name, '/XML', $temporary, '/F')
        if ($answer['ExitCode'] -ne 0) {
            $problem = @{ ExitCode = 3; Message = 'Cannot register the task "{0}": {1}' -f $Name, $answer['Output'].Trim() }
            throw (New-SpareKeyException @problem -Hint 'check that the service "Task Scheduler" runs, and install again')
        }
        $kept = Get-TaskFile -DataFolder $DataFolder -Name $Name -Registered
        $registered = Read-RegisteredTask -Name $Name
        [System.IO.File]::Delete($kept)
        if (-not [string]::IsNullOrEmpty($registered)) {
            [System.IO.File]::WriteAllText($kept, $registered, [System.Text.Encoding]::Unicode)
        }
        [System.IO.File]::WriteAllText((Get-TaskFile -DataFolder $DataFolder -Name $Name), $Xml, [System.Text.Encoding]::Unicode)
    } finally {
        [System.IO.File]::Delete($temporary)
    }
}
