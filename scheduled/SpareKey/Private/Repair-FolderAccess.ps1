function Repair-FolderAccess {
    <#
    .SYNOPSIS
        Sets the rights of the data folder again where they are not as installation gives them: others can read, or
        SYSTEM lacks rights. That nobody else can change it was looked at before.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $DataFolder)
    $wanted = Get-FolderSddl -Name 'Data'
    $secrets = [System.IO.Path]::Combine($DataFolder, 'secrets')
    foreach ($path in $DataFolder, $secrets) {
        if ((Get-PathKind -Path $path) -ne 'folder') {
            continue
        }
        $texts = @(foreach ($problem in Get-SddlProblem -Sddl (Read-FolderSddl -Path $path) -Wanted $wanted) {
                # The folder with the secrets may take its rights over from the data folder.
                if (($problem['Kind'] -ne 'inherits') -or ($path -eq $DataFolder)) {
                    $problem['Text']
                }
            })
        if ($texts.Count -gt 0) {
            [void](Set-FolderSddl -Path $path -Sddl $wanted)
            Write-Warning -Message ('The rights of "{0}" were set again: {1}' -f $path, [string]::Join(', ', $texts))
        }
    }
}
