function Get-TaskProblem {
    <#
    .SYNOPSIS
        Tells how a task differs from what it should be.
    .DESCRIPTION
        Task Scheduler writes a task its own way, so what it made of the task when it was registered is kept, and any
        later difference from that is somebody's change. Where it says nothing, only the wanted text is compared.
    .OUTPUTS
        A text, or nothing when all is well.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Xml
    )
    $is = Read-RegisteredTask -Name $Name
    if ($null -eq $is) {
        return 'the task "{0}" is missing' -f $Name
    }
    $kept = Get-TaskFile -DataFolder $DataFolder -Name $Name
    if (-not [System.IO.File]::Exists($kept)) {
        return 'the task "{0}" is of unknown origin' -f $Name
    }
    $keptRegistered = Get-TaskFile -DataFolder $DataFolder -Name $Name -Registered
    if (($is.Length -gt 0) -and [System.IO.File]::Exists($keptRegistered) -and ([System.IO.File]::ReadAllText($keptRegistered) -cne $is)) {
        if ($is -match '(?s)<Settings>.*<Enabled>false</Enabled>.*</Settings>') {
            return 'the task "{0}" was disabled' -f $Name
        }
        return 'the task "{0}" was edited by hand' -f $Name
    }
    if ([System.IO.File]::ReadAllText($kept) -cne $Xml) {
        return 'the task "{0}" is not as the settings want it' -f $Name
    }
}
