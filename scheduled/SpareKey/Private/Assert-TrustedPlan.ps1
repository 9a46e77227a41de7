function Assert-TrustedPlan {
    <#
    .SYNOPSIS
        Refuses places for program and data that a run would refuse: others could change them, or put others there.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable] $Plan,
        # Looks only at what lies above them: before they are made.
        [switch] $Above
    )
    if (-not (Test-Windows)) {
        return
    }
    $seen = @{}
    foreach ($place in 'InstallFolder', 'DataFolder') {
        if ($Above -or [System.IO.Directory]::Exists($Plan[$place])) {
            Assert-TrustedFolder -Path $Plan[$place] -Seen $seen -Above:$Above
        }
    }
}
