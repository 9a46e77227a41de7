function Get-ForeignItem {
    <#
    .SYNOPSIS
        Lists what below a folder belongs to somebody else than SYSTEM and the administrators, gives others rights of its
        own to change it, or is a link. For a folder that others could write in: closing it takes none of that away.
    .OUTPUTS
        Paths. No link is followed, and nothing below a listed folder is listed again.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        # A further owner who is trusted.
        [AllowEmptyString()] [string] $Own = ''
    )
    foreach ($item in [System.IO.Directory]::GetFileSystemEntries($Path)) {
        $kind = Get-PathKind -Path $item
        $isForeign = $kind -eq 'link'
        if (-not $isForeign) {
            $sddl = [string](Read-FolderSddl -Path $item)
            $owner = (ConvertFrom-Sddl -Sddl $sddl)['Owner']
            $isForeign = -not (Test-TrustedOwner -Sid $owner) -and (($Own.Length -eq 0) -or ($owner -ne $Own))
            $isForeign = $isForeign -or (-not [string]::IsNullOrEmpty((Find-ForeignRight -Sddl $sddl -NotInherited)))
        }
        if ($isForeign) {
            $item
        } elseif ($kind -eq 'folder') {
            Get-ForeignItem -Path $item -Own $Own
        }
    }
}
