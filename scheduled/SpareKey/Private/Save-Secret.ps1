function Save-Secret {
    <#
    .SYNOPSIS
        Stores the new secret: written beside its place, opened again to prove that it can be, then put there in one step.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)
    $folder = [System.IO.Path]::GetDirectoryName($Path)
    [void][System.IO.Directory]::CreateDirectory($folder)
    Set-FolderSddl -Path $folder -Sddl (Get-FolderSddl -Name 'Secrets')
    $temporary = [System.IO.Path]::Combine($folder, '.spare-key-' + [System.Guid]::NewGuid().ToString('N') + '.tmp')
    try {
        Lock-Secret -Name 'new' -Path $temporary
        Unlock-Secret -Name 'again' -Path $temporary
        if ($script:Secrets['again'] -cne $script:Secrets['new']) {
            throw (New-SpareKeyException -ExitCode 1 -Message 'it opens as something else' -Hint $null)
        }
        if ([System.IO.File]::Exists($Path)) {
            # A plain null would become an empty text, which is no path.
            [System.IO.File]::Replace($temporary, $Path, [System.Management.Automation.Language.NullString]::Value)
        } else {
            [System.IO.File]::Move($temporary, $Path)
        }
    } catch {
        $problem = @{ ExitCode = 1; Message = 'Cannot store the secret "{0}": {1}' -f $Path, $_.Exception.GetBaseException().Message }
        throw (New-SpareKeyException @problem -Hint 'run this as administrator; what was stored before stays')
    } finally {
        if ([System.IO.File]::Exists($temporary)) {
            [System.IO.File]::Delete($temporary)
        }
    }
}
