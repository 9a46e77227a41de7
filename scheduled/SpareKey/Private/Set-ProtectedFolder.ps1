function Set-ProtectedFolder {
    <#
    .SYNOPSIS
        Makes a folder with its rights, or brings one that is there back to them.
    .DESCRIPTION
        Everybody may make folders in ProgramData. So what lies there is used only if it is a folder, no link, and
        belongs to SYSTEM or the administrators; all else is set aside. A new one is made in a folder that only
        administrators can write in, gets its rights there, and is then moved to its place, which fails where there is
        something: at no moment does it lie open, and nothing that came in between is taken for it. That also works alike
        in both PowerShells, which make folders with rights by different calls.
    .OUTPUTS
        What differs, as texts; with Apply it is put right, too.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Sddl,
        # Only administrators can write there. Needed with Apply.
        [AllowNull()] [AllowEmptyString()] [string] $Staging,
        [switch] $Apply
    )
    $kind = Get-PathKind -Path $Path
    if ($kind -eq 'folder') {
        $is = Read-FolderSddl -Path $Path
        if ($null -eq $is) {
            return
        }
        $problems = @(Get-SddlProblem -Sddl $is -Wanted $Sddl)
        if ($problems.Count -eq 0) {
            return
        }
        $kinds = @(foreach ($problem in $problems) { $problem['Kind'] })
        $texts = @(foreach ($problem in $problems) { $problem['Text'] })
        if ($kinds -notcontains 'owner') {
            'rights of "{0}": {1}' -f $Path, [string]::Join(', ', $texts)
            if ($Apply) {
                [void](Set-FolderSddl -Path $Path -Sddl $Sddl)
            }
            if ($kinds -contains 'write') {
                foreach ($item in @(Get-ForeignItem -Path $Path)) {
                    'refused: "{0}" is a link, or somebody else owns it or may change it' -f $item
                    if ($Apply) {
                        [void](Move-RefusedItem -Path $item)
                    }
                }
            }
            return
        }
        'refused: "{0}", {1}' -f $Path, $texts[0]
    } elseif ($kind -ne 'none') {
        'refused: "{0}" is a {1} that somebody put there' -f $Path, $kind
    } else {
        'folder "{0}" is missing' -f $Path
    }
    if (-not $Apply) {
        return
    }
    if ($kind -ne 'none') {
        'set aside as "{0}"' -f (Move-RefusedItem -Path $Path)
    }
    $fresh = [System.IO.Path]::Combine($Staging, [System.Guid]::NewGuid().ToString('N'))
    [void][System.IO.Directory]::CreateDirectory($fresh)
    [void](Set-FolderSddl -Path $fresh -Sddl $Sddl)
    Move-Folder -Path $fresh -Destination $Path
}
