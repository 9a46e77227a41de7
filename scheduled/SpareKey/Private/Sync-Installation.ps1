function Sync-Installation {
    <#
    .SYNOPSIS
        Goes through all parts of an installation; what differs is noted in the plan and, with its Apply, put right.
    .DESCRIPTION
        Without program and data folder nothing else makes sense. The other parts do not wait for each other: one that
        fails becomes one of the plan's troubles.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable] $Plan)
    Sync-ProgramFolder -Plan $Plan
    Sync-DataFolder -Plan $Plan
    foreach ($part in 'settings', 'archive key', 'registry', 'task', 'trust') {
        try {
            switch ($part) {
                'settings' { Sync-SettingFile -Plan $Plan }
                'archive key' { Sync-ArchiveKey -Plan $Plan }
                'registry' { Sync-Registry -Plan $Plan }
                'task' { Sync-Task -Plan $Plan }
                'trust' { Assert-TrustedPlan -Plan $Plan }
            }
        } catch {
            $Plan['Troubles'].Add($_.Exception.Message)
        }
    }
}
