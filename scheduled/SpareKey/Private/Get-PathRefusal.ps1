function Get-PathRefusal {
    <#
    .SYNOPSIS
        Judges a OneDrive folder that a user's own registry names: SYSTEM looks only below that user's profile.
    .DESCRIPTION
        A network path there would make SYSTEM sign in to a server of the user's choice. So: a drive letter, no tricks
        in the names, and inside of the profile that Windows has for the user. Nothing is touched.
    .OUTPUTS
        Why it is refused, or null.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Folder,
        # Of the user, as the machine's registry has it.
        [AllowNull()] [AllowEmptyString()] [string] $ProfileFolder
    )
    if ([string]::IsNullOrEmpty($ProfileFolder)) {
        return 'Windows knows no profile of this user'
    }
    foreach ($path in $Folder, $ProfileFolder) {
        if ($path -notmatch '^[A-Za-z]:\\[^\\]') {
            return 'the folder "{0}" is not on a drive of this PC' -f $path
        }
        foreach ($name in $path.Substring(3).TrimEnd('\').Split('\')) {
            # Windows drops dots and blanks at the end, and takes a colon for a stream.
            if (($name.Length -eq 0) -or ($name -match '[\x00-\x1f<>:"/|?*]|[. ]$')) {
                return 'the folder "{0}" is not written as Windows writes it' -f $path
            }
        }
    }
    $above = $ProfileFolder.TrimEnd('\') + '\'
    if (-not $Folder.StartsWith($above, [System.StringComparison]::OrdinalIgnoreCase)) {
        return 'the folder "{0}" lies outside of the profile of its user, "{1}"' -f $Folder, $ProfileFolder
    }
    return $null
}
