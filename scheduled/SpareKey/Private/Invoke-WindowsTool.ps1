function Invoke-WindowsTool {
    <#
    .SYNOPSIS
        Runs a program of Windows' own system folder, which asks nothing, and takes what it says.
    .OUTPUTS
        A hashtable: ExitCode, Output (both streams), which is in the language of Windows.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string[]] $Argument
    )
    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo
    $start.FileName = [System.IO.Path]::Combine([System.Environment]::SystemDirectory, $Name)
    $start.Arguments = ConvertTo-CommandLine -Argument $Argument
    $start.WorkingDirectory = [System.Environment]::SystemDirectory
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        $reading = $process.StandardOutput.ReadToEndAsync()
        $talking = $process.StandardError.ReadToEndAsync()
        # Seen to take two seconds at most.
        if (-not $process.WaitForExit(60000)) {
            $process.Kill()
            throw (New-SpareKeyException -ExitCode 3 -Message ('"{0}" did not end within a minute' -f $Name) -Hint 'try again')
        }
        return @{ ExitCode = $process.ExitCode; Output = $reading.Result + $talking.Result }
    } finally {
        $process.Dispose()
    }
}
