function Remove-Folder {
    <#
    .SYNOPSIS
        Removes a folder with all in it; of a link only the link. One that is not there is gone already.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [int] $Seconds = 20
    )
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        $kind = Get-PathKind -Path $Path
        if ($kind -eq 'none') {
            return
        }
        try {
            if ($kind -eq 'folder') {
                [System.IO.Directory]::Delete($Path, $true)
            } elseif (([System.IO.File]::GetAttributes($Path) -band [System.IO.FileAttributes]::Directory) -ne 0) {
                [System.IO.Directory]::Delete($Path)
            } else {
                [System.IO.File]::Delete($Path)
            }
        } catch {
            if ($clock.Elapsed.TotalSeconds -ge $Seconds) {
                $problem = @{ ExitCode = 3; Message = 'Cannot remove "{0}": {1}' -f $Path, $_.Exception.GetBaseException().Message }
                throw (New-SpareKeyException @problem -Hint 'close what uses the folder, and try again')
            }
            [System.Threading.Thread]::Sleep(250)
        }
    }
}
