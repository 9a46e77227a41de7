function Find-Link {
    <#
    .SYNOPSIS
        Looks for a symbolic link or junction in a path below a folder that is trusted.
    .DESCRIPTION
        OneDrive's own folders and files are reparse points, too, so their attribute alone says nothing; PowerShell
        names the kind of a link, and none for OneDrive's. What is not there is no link.
    .OUTPUTS
        The first part of the path that is one, or null.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        # A folder above, itself not looked at.
        [Parameter(Mandatory = $true)] [string] $Below
    )
    $part = $Path
    $found = $null
    while ($part.Length -gt $Below.TrimEnd('\', '/').Length) {
        $info = [System.IO.DirectoryInfo]::new($part)
        # -1 is what .NET says of a path that does not exist; a dead symbolic link does.
        if (([int]$info.Attributes -ne -1) -and (($info.Attributes -band [System.IO.FileAttributes]::ReparsePoint) -ne 0)) {
            $item = Get-Item -LiteralPath $part -Force
            if (-not [string]::IsNullOrEmpty([string](Get-MemberValue -InputObject $item -Name 'LinkType'))) {
                $found = $part
            }
        }
        $part = [System.IO.Path]::GetDirectoryName($part)
        if ([string]::IsNullOrEmpty($part)) {
            break
        }
    }
    return $found
}
