function Sync-ArchiveKey {
    <#
    .SYNOPSIS
        Makes the key of the archive if there is none. One that is there is never replaced here.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable] $Plan)
    foreach ($name in 'secrets\archiveKey.bin', 'state\archive.key') {
        if ([System.IO.File]::Exists([System.IO.Path]::Combine([string[]](@($Plan['DataFolder']) + $name.Split('\'))))) {
            return
        }
    }
    Add-Difference -Plan $Plan -Part 'archive key' -Text 'there is no key for the archive'
    if ($Plan['Apply']) {
        $place = Get-ProgramPlace -Folder $Plan['InstallFolder'] -DataFolder $Plan['DataFolder']
        New-ArchiveKey @place
    }
}
