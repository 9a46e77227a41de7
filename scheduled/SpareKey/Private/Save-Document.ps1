function Save-Document {
    <#
    .SYNOPSIS
        Keeps the module's document as a file, whole or not at all, and forgets it. For documents without secrets.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)
    $temporary = "$Path.$PID.tmp"
    try {
        [System.IO.File]::WriteAllBytes($temporary, $script:Document)
        Move-Replacing -Path $temporary -Destination $Path
    } finally {
        $script:Document = [byte[]]@()
        Remove-Temporary -Path $temporary
    }
}
