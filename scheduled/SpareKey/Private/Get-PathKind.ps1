function Get-PathKind {
    <#
    .SYNOPSIS
        Tells what lies at a path, without following a link there.
    .OUTPUTS
        none, folder, file or link (symbolic link, junction, mount point, cloud placeholder).
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)
    try {
        $attributes = [System.IO.File]::GetAttributes($Path)
    } catch {
        $reason = $_.Exception.GetBaseException()
        if (($reason -is [System.IO.FileNotFoundException]) -or ($reason -is [System.IO.DirectoryNotFoundException])) {
            return 'none'
        }
        throw
    }
    if (($attributes -band [System.IO.FileAttributes]::ReparsePoint) -ne 0) {
        return 'link'
    }
    if (($attributes -band [System.IO.FileAttributes]::Directory) -ne 0) {
        return 'folder'
    }
    return 'file'
}
