function Move-Replacing {
    <#
    .SYNOPSIS
        Puts a file in the place of another, whole or not at all, patiently: on Windows an open file cannot be replaced.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Destination
    )
    for ($try = 1; $true; $try++) {
        try {
            if (-not [System.IO.File]::Exists($Destination)) {
                [System.IO.File]::Move($Path, $Destination)
            } elseif ($try -eq 2) {
                # Some servers cannot replace in one step.
                [System.IO.File]::Delete($Destination)
                [System.IO.File]::Move($Path, $Destination)
            } else {
                # A plain null would become an empty text, which is no path.
                [System.IO.File]::Replace($Path, $Destination, [System.Management.Automation.Language.NullString]::Value)
            }
            return
        } catch {
            if ($try -ge 3) {
                throw
            }
            [System.Threading.Thread]::Sleep(200)
        }
    }
}
