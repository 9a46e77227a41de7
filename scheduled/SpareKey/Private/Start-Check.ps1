function Start-Check {
    <#
    .SYNOPSIS
        Starts the program once for the nightly run and reads its answer into the result.
    .OUTPUTS
        Whether the program did its work.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        # Deno's, whole.
        [Parameter(Mandatory = $true)] [string[]] $Argument,
        [Parameter(Mandatory = $true)] [string] $DenoPath,
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        # With stand-ins for secrets.
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Envelope,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Result,
        # What is left of the run.
        [Parameter(Mandatory = $true)] [double] $Seconds,
        # Of a second start: the changes are those of the first.
        [switch] $KeepChanges
    )
    if ($Seconds -le 0) {
        $message = 'The run did not end within its time limit'
        $hint = 'a destination that does not answer is the usual reason; what is owed is delivered by the next run'
        throw (New-SpareKeyException -ExitCode 3 -Message $message -Hint $hint)
    }
    $start = New-ProgramStart -DenoPath $DenoPath -Argument $Argument -DataFolder $DataFolder
    # The last answer may have held reports.
    [System.Array]::Clear($script:ProgramOutput, 0, $script:ProgramOutput.Length)
    $script:Answer = $null
    Write-JsonDocument -Tree $Envelope
    $Result['ExitCode'] = Invoke-Program -Start $start -TimeLimitSeconds ([int][System.Math]::Ceiling($Seconds)) -HoldInput
    return Read-RunAnswer -Result $Result -KeepChanges:$KeepChanges
}
