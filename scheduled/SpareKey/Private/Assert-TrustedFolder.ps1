function Assert-TrustedFolder {
    <#
    .SYNOPSIS
        Refuses a folder that others can change, or put another one in the place of: what lies there is run, or trusted,
        as SYSTEM.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        # Folders looked at before; those above this one are added.
        [Parameter(Mandatory = $true)] [hashtable] $Seen,
        # Looks only at those above, for one that is not there yet.
        [switch] $Above
    )
    $hint = 'run Install-SpareKey.ps1 as administrator: it sets the rights right, and what somebody put there aside'
    $right = @{}
    for ($folder = $Path; -not [string]::IsNullOrEmpty($folder); $folder = [System.IO.Path]::GetDirectoryName($folder)) {
        $isAbove = $folder -ne $Path
        $isRoot = [string]::IsNullOrEmpty([System.IO.Path]::GetDirectoryName($folder))
        if ($isAbove) {
            $hint = 'take this right from the folder, or let Spare Key lie elsewhere'
            # What lets a folder or one below it be removed or renamed. Everybody may add to ProgramData.
            $right = @{ Mask = 0x100D0040L; NotBelow = $true }
            if ($isRoot) {
                # A drive cannot be renamed.
                $right['Mask'] = 0x100C0040L
            }
        }
        if ($Above -and (-not $isAbove -or -not [System.IO.Directory]::Exists($folder))) {
            # Installation makes it.
            continue
        }
        if ($isAbove -and $Seen.ContainsKey($folder)) {
            return
        }
        $problem = $null
        try {
            $kind = Get-PathKind -Path $folder
            if (-not $isRoot -and ($kind -ne 'folder')) {
                $problem = 'it is a {0}' -f $kind
            } else {
                $problem = Find-ForeignRight -Sddl (Read-FolderSddl -Path $folder) @right
            }
        } catch {
            $message = 'Cannot read the rights of "{0}": {1}' -f $folder, (Get-FailureText -Exception $_.Exception)
            throw (New-SpareKeyException -ExitCode 10 -Message $message -Hint 'run this as administrator')
        }
        if (-not [string]::IsNullOrEmpty($problem)) {
            throw (New-SpareKeyException -ExitCode 10 -Message ('Cannot trust "{0}": {1}' -f $folder, $problem) -Hint $hint)
        }
        if ($isAbove) {
            $Seen[$folder] = $true
        }
    }
}
