function Assert-PermissionPath {
    <#
    .SYNOPSIS
        Refuses a path with a comma: Deno would take it for two paths and open another folder than was meant.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string[]] $Path)
    foreach ($item in $Path) {
        if ($item.Contains(',')) {
            $message = 'Cannot open "{0}" to the program: the path contains a comma' -f $item
            throw (New-SpareKeyException -ExitCode 2 -Message $message -Hint 'name a folder above it, or rename it')
        }
    }
}
