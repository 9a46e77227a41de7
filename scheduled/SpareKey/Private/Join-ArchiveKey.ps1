function Join-ArchiveKey {
    <#
    .SYNOPSIS
        Puts the stored keys of the archive below the new one: what they sealed must still open.
    .DESCRIPTION
        A stored secret that does not open any more (moved from another PC, damaged) is kept under another name: what it
        cannot open now, its safe copy may.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)
    if (-not [System.IO.File]::Exists($Path)) {
        return
    }
    try {
        Unlock-Secret -Name 'earlier' -Path $Path
    } catch {
        $folder = [System.IO.Path]::GetDirectoryName($Path)
        for ($number = 1; $true; $number++) {
            $aside = [System.IO.Path]::Combine($folder, "archiveKey-$number.bin")
            if (-not [System.IO.File]::Exists($aside)) {
                break
            }
        }
        # Copied, not moved: the key stays in its place until the new one is there.
        [System.IO.File]::Copy($Path, $aside)
        $reason = $_.Exception.GetBaseException().Message
        Write-Warning -Message ('The stored key of the archive does not open and was kept as "{0}": {1}' -f $aside, $reason)
        return
    }
    $lines = [System.Collections.Generic.List[string]]::new()
    foreach ($line in ($script:Secrets['new'] + [char]10 + $script:Secrets['earlier']).Split([char]10)) {
        $key = $line.Trim()
        if (($key.Length -gt 0) -and -not $lines.Contains($key)) {
            $lines.Add($key)
        }
    }
    $script:Secrets['new'] = [string]::Join([string][char]10, $lines)
}
