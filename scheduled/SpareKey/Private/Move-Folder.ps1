function Move-Folder {
    <#
    .SYNOPSIS
        Renames a folder; what just ended, or a virus scanner, may still hold a file of it for some seconds.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Destination,
        [int] $Seconds = 20
    )
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        try {
            [System.IO.Directory]::Move($Path, $Destination)
            return
        } catch {
            $reason = $_.Exception.GetBaseException().Message
            if (($clock.Elapsed.TotalSeconds -ge $Seconds) -or ((Get-PathKind -Path $Destination) -ne 'none')) {
                $problem = @{ ExitCode = 3; Message = 'Cannot move "{0}" to "{1}": {2}' -f $Path, $Destination, $reason }
                throw (New-SpareKeyException @problem -Hint 'close what uses the folder, and try again')
            }
        }
        [System.Threading.Thread]::Sleep(250)
    }
}
