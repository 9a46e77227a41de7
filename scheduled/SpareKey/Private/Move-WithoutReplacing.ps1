function Move-WithoutReplacing {
    <#
    .SYNOPSIS
        Gives a file its final name; throws where that is taken.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Destination
    )
    # With two arguments it never replaces.
    [System.IO.File]::Move($Path, $Destination)
}
