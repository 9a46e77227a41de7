function Sync-PickupTask {
    <#
    .SYNOPSIS
        Registers the tasks of users who came to have a OneDrive destination after the installation: with "any" nobody
        may have been signed in then. A task that was registered once is left to installation and repair.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Place,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    # Installation makes this folder; where there is none, nothing was installed, and no task is wanted.
    if (-not (Test-Windows) -or -not [System.IO.Directory]::Exists([System.IO.Path]::Combine($DataFolder, 'tasks'))) {
        return
    }
    $missing = @(foreach ($one in $Place) {
            $name = '\Spare Key\OneDrive {0}' -f $one['Sid']
            if (($one['Kind'] -eq 'onedrive') -and ($null -ne $one['Sid']) -and
                -not [System.IO.File]::Exists((Get-TaskFile -DataFolder $DataFolder -Name $name))) {
                $name
            }
        })
    if ($missing.Count -eq 0) {
        return
    }
    try {
        $folder = [System.IO.Path]::GetDirectoryName($MyInvocation.MyCommand.Module.ModuleBase)
        foreach ($task in @(Read-WantedTask -ProgramFolder $folder -InstallFolder $folder -DataFolder $DataFolder)) {
            if ($missing -contains $task['name']) {
                Register-Task -DataFolder $DataFolder -Name $task['name'] -Xml $task['xml']
            }
        }
    } catch {
        # Reports wait in the pick-up; the next night tries again.
        Write-Warning -Message ('Cannot make the task "{0}": {1}' -f $missing[0], $_.Exception.Message)
    } finally {
        $script:Answer = $null
    }
}
