function Invoke-Question {
    <#
    .SYNOPSIS
        Starts the program for an answer that needs nothing but what it is given: it may not even read a file.
    .DESCRIPTION
        The answer comes to lie in the module's answer.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $DenoPath,
        [Parameter(Mandatory = $true)] [string] $ProgramPath,
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [string] $Task,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Tree
    )
    $arguments = (Get-ProgramArgument -ProgramPath $ProgramPath) + $Task
    $start = New-ProgramStart -DenoPath $DenoPath -Argument $arguments -DataFolder $DataFolder
    Write-JsonDocument -Tree $Tree
    $code = Invoke-Program -Start $start -TimeLimitSeconds 60
    if (($code -ne 0) -or -not (Read-Answer)) {
        $message = 'Cannot ask the program: "{0}" ended with code {1}' -f $Task, $code
        throw (New-SpareKeyException -ExitCode 1 -Message $message -Hint 'repair the installation of Spare Key')
    }
}
