function Remove-DataFolder {
    <#
    .SYNOPSIS
        Removes of the data folder what a removal takes away, or all of it.
    .DESCRIPTION
        An old image needs an old key, so ledger, archive and the key that opens it stay, and what a person wrote:
        settings and templates. Pick-ups, which may hold plain reports, and passwords never stay.
    .OUTPUTS
        What was done, as texts.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [switch] $All
    )
    if ([System.IO.Directory]::Exists([System.IO.Path]::Combine($DataFolder, 'pickup'))) {
        Remove-Folder -Path ([System.IO.Path]::Combine($DataFolder, 'pickup'))
        'the pick-up folders were removed'
    }
    if ($All) {
        Remove-Folder -Path $DataFolder
        'the data folder "{0}" was removed, ledger and archive with it' -f $DataFolder
        return
    }
    foreach ($name in 'deno', 'logs', 'permissions', 'tasks', 'temp') {
        Remove-Folder -Path ([System.IO.Path]::Combine($DataFolder, $name))
    }
    foreach ($folder in $DataFolder, (Get-StateFolder -DataFolder $DataFolder)) {
        if ((Get-PathKind -Path $folder) -eq 'folder') {
            foreach ($file in [System.IO.Directory]::GetFiles($folder)) {
                # Wherever a ledger lies, or the key of an archive: it may be the only one.
                if ([System.IO.Path]::GetFileName($file) -notmatch '^(?:settings(?:\.former)?\.json|ledger\..*|archive\.key)$') {
                    [System.IO.File]::Delete($file)
                }
            }
        }
    }
    $secrets = [System.IO.Path]::Combine($DataFolder, 'secrets')
    if ((Get-PathKind -Path $secrets) -eq 'folder') {
        foreach ($file in [System.IO.Directory]::GetFiles($secrets)) {
            # Also the former ones after a rotation.
            if (-not [System.IO.Path]::GetFileName($file).StartsWith('archiveKey', [System.StringComparison]::OrdinalIgnoreCase)) {
                [System.IO.File]::Delete($file)
                'the secret "{0}" was removed' -f [System.IO.Path]::GetFileNameWithoutExtension($file)
            }
        }
    }
}
