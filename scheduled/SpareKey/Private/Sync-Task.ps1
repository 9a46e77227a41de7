function Sync-Task {
    <#
    .SYNOPSIS
        Compares the tasks in Task Scheduler with those that the settings want; with Apply they are put right.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable] $Plan)
    $data = $Plan['DataFolder']
    if (-not [System.IO.Directory]::Exists($data) -or -not [System.IO.File]::Exists([System.IO.Path]::Combine($Plan['InstallFolder'], 'main.js'))) {
        Add-Difference -Plan $Plan -Part 'task' -Text 'the scheduled tasks are missing'
        return
    }
    $before = @(foreach ($difference in $Plan['Differences']) { if ($difference.Part -eq 'data') { $difference } })
    if (-not $Plan['Apply'] -and ($before.Count -gt 0)) {
        # Nothing is read or started in that folder before it is put right.
        Add-Difference -Plan $Plan -Part 'task' -Text 'the scheduled tasks were not looked at: the data folder comes first'
        return
    }
    $tasks = @(Read-WantedTask -ProgramFolder $Plan['Source'] -InstallFolder $Plan['InstallFolder'] -DataFolder $data)
    foreach ($task in $tasks) {
        $problem = Get-TaskProblem -DataFolder $data -Name $task['name'] -Xml $task['xml']
        if ($null -ne $problem) {
            Add-Difference -Plan $Plan -Part 'task' -Text $problem
        }
        if ($Plan['Apply'] -and (($null -ne $problem) -or $Plan['Stopped'])) {
            Register-Task -DataFolder $data -Name $task['name'] -Xml $task['xml']
        }
    }
    if ($Plan['Apply']) {
        $Plan['Stopped'] = $false
    }
    $wanted = @(foreach ($task in $tasks) { $task['name'] })
    foreach ($name in @(Get-KnownTask -DataFolder $data)) {
        if ($wanted -notcontains $name) {
            Add-Difference -Plan $Plan -Part 'task' -Text ('the task "{0}" is no longer wanted' -f $name)
            if ($Plan['Apply']) {
                Remove-Task -DataFolder $data -Name $name
            }
        }
    }
}
