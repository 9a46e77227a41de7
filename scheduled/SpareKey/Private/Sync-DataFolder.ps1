function Sync-DataFolder {
    <#
    .SYNOPSIS
        Looks whether the data folder is there, trusted and closed to users; with Apply it is made or put right.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable] $Plan)
    $common = @{ Sddl = Get-FolderSddl -Name 'Data'; Staging = $Plan['Staging']; Apply = $Plan['Apply'] }
    foreach ($text in @(Set-ProtectedFolder -Path $Plan['DataFolder'] @common)) {
        Add-Difference -Plan $Plan -Part 'data' -Text $text
    }
    if (-not [System.IO.Directory]::Exists($Plan['DataFolder'])) {
        return
    }
    foreach ($name in 'logs', 'secrets', 'tasks', 'temp') {
        $path = [System.IO.Path]::Combine($Plan['DataFolder'], $name)
        $kind = Get-PathKind -Path $path
        if ($kind -eq 'folder') {
            continue
        }
        if ($kind -eq 'none') {
            Add-Difference -Plan $Plan -Part 'data' -Text ('folder "{0}" is missing' -f $path)
        } else {
            Add-Difference -Plan $Plan -Part 'data' -Text ('refused: "{0}" is a {1}' -f $path, $kind)
        }
        if ($Plan['Apply']) {
            if ($kind -ne 'none') {
                [void](Move-RefusedItem -Path $path)
            }
            [void][System.IO.Directory]::CreateDirectory($path)
        }
    }
}
