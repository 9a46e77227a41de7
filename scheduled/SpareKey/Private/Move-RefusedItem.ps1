function Move-RefusedItem {
    <#
    .SYNOPSIS
        Sets aside what somebody else put where Spare Key is to lie: renamed, never opened, never followed, never deleted.
    .OUTPUTS
        Its new path.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)
    $time = [System.DateTime]::Now.ToString('yyyyMMdd-HHmmss', [System.Globalization.CultureInfo]::InvariantCulture)
    $aside = "$Path.refused-$time"
    for ($count = 2; (Get-PathKind -Path $aside) -ne 'none'; $count++) {
        $aside = "$Path.refused-$time-$count"
    }
    try {
        if (([System.IO.File]::GetAttributes($Path) -band [System.IO.FileAttributes]::Directory) -ne 0) {
            [System.IO.Directory]::Move($Path, $aside)
        } else {
            [System.IO.File]::Move($Path, $aside)
        }
    } catch {
        $problem = @{ ExitCode = 3; Message = 'Cannot set "{0}" aside: {1}' -f $Path, $_.Exception.GetBaseException().Message }
        throw (New-SpareKeyException @problem -Hint 'it does not belong to Spare Key; restart Windows, remove it, and install again')
    }
    return $aside
}
