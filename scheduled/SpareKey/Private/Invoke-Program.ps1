function Invoke-Program {
    <#
    .SYNOPSIS
        Runs Deno with arguments; the module's document goes to its stdin when there is one.
    .DESCRIPTION
        stdout lands as bytes in $script:ProgramOutput, stderr as text, blanked, in $script:ProgramTalk: both may hold
        secrets, so neither is returned. All three pipes are served at the same time, so none can block another.
        The document is cleared once it is written.
    .OUTPUTS
        The exit code.
    #>
    [CmdletBinding()]
    [OutputType([int])]
    param(
        [Parameter(Mandatory = $true)] [System.Diagnostics.ProcessStartInfo] $Start,
        [Parameter(Mandatory = $true)] [int] $TimeLimitSeconds,
        # Ends the document by a NUL byte and leaves stdin open while the program runs: when this process is killed,
        # the pipe breaks and the program ends itself.
        [switch] $HoldInput
    )
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $limit = [long]$TimeLimitSeconds * 1000
    $script:ProgramOutput = [byte[]]@()
    $script:ProgramTalk = ''
    $output = New-Object -TypeName System.IO.MemoryStream
    try {
        $process = [System.Diagnostics.Process]::Start($Start)
    } catch {
        $problem = @{
            ExitCode = 1
            Message  = 'Cannot start "{0}": {1}' -f $Start.FileName, $_.Exception.GetBaseException().Message
            Hint     = 'repair the installation of Spare Key'
        }
        throw (New-SpareKeyException @problem)
    }
    try {
        $reading = $process.StandardOutput.BaseStream.CopyToAsync($output)
        $talking = $process.StandardError.ReadToEndAsync()
        $stdin = $process.StandardInput.BaseStream
        $length = $script:Document.Length
        $written = $true
        try {
            if ($length -gt 0) {
                # A program that reads nothing would hold a plain write for ever.
                $written = $stdin.WriteAsync($script:Document, 0, $length).Wait([int]$limit)
            }
            if ($written -and $HoldInput) {
                $stdin.WriteByte(0)
                $stdin.Flush()
            } elseif ($written) {
                $stdin.Close()
            }
        } catch {
            # The program ended before it had read all. Its exit code says why.
            $written = $false
        }
        $ended = $process.WaitForExit([int][System.Math]::Max(0, $limit - $clock.ElapsedMilliseconds))
        if (-not $ended) {
            $process.Kill()
        }
        $process.WaitForExit()
        $reading.Wait()
        $script:ProgramOutput = $output.ToArray()
        $script:ProgramTalk = $talking.Result
        Protect-Text
        if (-not $ended) {
            $problem = @{
                ExitCode = 3
                Message  = 'The program did not end within {0} seconds and was ended' -f $TimeLimitSeconds
                Hint     = 'a destination that does not answer is the usual reason; what is owed is delivered by the next run'
            }
            throw (New-SpareKeyException @problem)
        }
        return $process.ExitCode
    } finally {
        [System.Array]::Clear($script:Document, 0, $script:Document.Length)
        $script:Document = [byte[]]@()
        [System.Array]::Clear($output.GetBuffer(), 0, $output.GetBuffer().Length)
        $output.Dispose()
        $process.Dispose()
    }
}
