function Invoke-Task {
    <#
    .SYNOPSIS
        Runs a task that answers a question, and reads its answer into the module's answer.
    .OUTPUTS
        The exit code, which is 0 or one of AlsoGood; any other is thrown as an error.
    #>
    [CmdletBinding()]
    [OutputType([int])]
    param(
        [Parameter(Mandatory = $true)] [string] $DenoPath,
        [Parameter(Mandatory = $true)] [string] $ProgramPath,
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [string[]] $Task,
        [Parameter(Mandatory = $true)] [string[]] $Permission,
        [int[]] $AlsoGood = @()
    )
    $arguments = (Get-ProgramArgument -ProgramPath $ProgramPath -Permission $Permission) + $Task
    $start = New-ProgramStart -DenoPath $DenoPath -Argument $arguments -DataFolder $DataFolder
    $code = Invoke-Program -Start $start -TimeLimitSeconds 900
    $answered = Read-Answer
    if ($answered -and (($code -eq 0) -or ($AlsoGood -contains $code)) -and -not $script:Answer.Contains('error')) {
        return $code
    }
    $problem = @{ ExitCode = $code; Message = 'The program ended with code {0} and no answer' -f $code; Hint = $null }
    if ($answered -and $script:Answer.Contains('error')) {
        $problem['Message'] = $script:Answer['error']['message']
        $problem['Hint'] = $script:Answer['error']['hint']
    }
    if (-not [string]::IsNullOrEmpty($problem['Hint'])) {
        $problem['Message'] += ' (' + $problem['Hint'] + ')'
    }
    throw (New-SpareKeyException @problem)
}
