function Get-CarriedState {
    <#
    .SYNOPSIS
        Compares a file that is there with a carried item.
    .OUTPUTS
        same; other; or closed, where it cannot be read back and nothing speaks against it, as in a drop box.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [int] $Index,
        [Parameter(Mandatory = $true)] [string] $Path
    )
    $item = $script:Answer['carry'][$Index]
    try {
        # Without a limit of its own: whoever waits has one.
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        if ((Get-ContentHash -Path $Path -Clock $clock -LimitMilliseconds ([long]::MaxValue)) -eq $item['sha256']) {
            return 'same'
        }
        return 'other'
    } catch {
        if ($_.Exception.GetBaseException() -isnot [System.UnauthorizedAccessException]) {
            throw
        }
    }
    $file = [System.IO.FileInfo]::new($Path)
    if ($file.Exists -and ($file.Length -ne (Get-ContentLength -Index $Index))) {
        return 'other'
    }
    return 'closed'
}
