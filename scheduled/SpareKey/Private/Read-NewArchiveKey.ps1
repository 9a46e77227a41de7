function Read-NewArchiveKey {
    <#
    .SYNOPSIS
        Lets the program make a key for the archive, in a start that may do nothing else, into the module's secrets.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $DenoPath,
        [Parameter(Mandatory = $true)] [string] $ProgramPath,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    $arguments = (Get-ProgramArgument -ProgramPath $ProgramPath) + 'archive-key'
    $start = New-ProgramStart -DenoPath $DenoPath -Argument $arguments -DataFolder $DataFolder
    $code = Invoke-Program -Start $start -TimeLimitSeconds 60
    if (($code -ne 0) -or -not (Read-Answer) -or -not $script:Answer.Contains('identity')) {
        $message = 'Cannot make a key for the archive: "archive-key" ended with code {0}' -f $code
        throw (New-SpareKeyException -ExitCode 1 -Message $message -Hint 'repair the installation of Spare Key')
    }
    $script:Secrets['new'] = $script:Answer['identity']
}
