function Get-TaskFile {
    <#
    .SYNOPSIS
        Gives the file that keeps what a task should be, or, with Registered, what Task Scheduler made of it.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [string] $Name,
        [switch] $Registered
    )
    $ending = '.xml'
    if ($Registered) {
        $ending = '.registered.xml'
    }
    return [System.IO.Path]::Combine($DataFolder, 'tasks', $Name.Substring($Name.LastIndexOf('\') + 1) + $ending)
}
