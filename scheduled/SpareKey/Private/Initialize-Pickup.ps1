function Initialize-Pickup {
    <#
    .SYNOPSIS
        Makes the pick-up folder of a user: closed to all but SYSTEM, administrators and, for reading, himself, before
        anything is put in. target.txt in it says into which OneDrive folder his task is to copy.
    .OUTPUTS
        The folder.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [string] $Sid,
        # The OneDrive folder, judged.
        [Parameter(Mandatory = $true)] [string] $Target
    )
    $folder = [System.IO.Path]::Combine($DataFolder, 'pickup', $Sid)
    [void][System.IO.Directory]::CreateDirectory($folder)
    Set-FolderSddl -Path $folder -Sddl (Get-FolderSddl -Name Pickup -Sid $Sid)
    Save-Text -Path ([System.IO.Path]::Combine($folder, 'target.txt')) -Text $Target
    return $folder
}
