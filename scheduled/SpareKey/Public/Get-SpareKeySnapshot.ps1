function Get-SpareKeySnapshot {
    <#
    .SYNOPSIS
        Shows what Windows says about BitLocker on this PC, as the nightly run sees it.
    .DESCRIPTION
        Asks Windows for every encryptable volume, its state and its key protectors, and for what identifies the PC.
        Nothing is judged: numbers are Windows' own, and what could not be read stands in Errors with its code.

        The objects hold no digits of recovery passwords, only whether there is one (HasRecoveryPassword), so they may
        be piped, logged and exported. Administrator rights are needed to see anything of BitLocker.
    .PARAMETER StandardOutput
        Writes the whole document, recovery passwords included, as UTF-8 JSON straight to this process's standard
        output, past pipeline, transcript and logs, and returns nothing. For piping into the program by hand.
    .EXAMPLE
        Get-SpareKeySnapshot | Select-Object -ExpandProperty Volumes

        Lists the volumes of this PC with their state and protectors.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Snapshot: TakenAt, Collector, Host, Volumes, Errors. Nothing with -StandardOutput.
    #>
    [CmdletBinding()]
    [OutputType('SpareKey.Snapshot')]
    param([switch] $StandardOutput)
    try {
        $tree = Read-Snapshot
        if ($StandardOutput) {
            Write-JsonDocument -Tree $tree
            $stream = [System.Console]::OpenStandardOutput()
            $stream.Write($script:Document, 0, $script:Document.Length)
            $stream.Flush()
        } else {
            $result = ConvertTo-ResultObject -Value $tree
            $result.PSObject.TypeNames.Insert(0, 'SpareKey.Snapshot')
            $result
        }
    } finally {
        Clear-Secret
    }
}
