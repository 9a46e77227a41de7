function New-ArchiveKey {
    <#
    .SYNOPSIS
        Makes and stores the key of the archive during an installation.
    .DESCRIPTION
        As Set-SpareKeySecret does, which refuses to run from a folder that others can change: an installation runs from
        wherever a release was unpacked, and the administrator who starts it vouches for that.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $DenoPath,
        [Parameter(Mandatory = $true)] [string] $ProgramPath,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    try {
        $file = Get-SecretFile -Name 'archiveKey' -Destination '' -DataFolder $DataFolder
        Read-NewArchiveKey -DenoPath $DenoPath -ProgramPath $ProgramPath -DataFolder $DataFolder
        Assert-SecretForm -Name 'archiveKey'
        Join-ArchiveKey -Path $file
        [void](Save-Secret -Path $file)
    } finally {
        Clear-Secret
    }
}
