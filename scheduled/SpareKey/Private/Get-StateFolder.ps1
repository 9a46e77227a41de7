function Get-StateFolder {
    <#
    .SYNOPSIS
        Gives the part of the data folder that the program may write: ledger, archive, log. What decides about runs
        (settings, stored passwords, permissions) lies beside it, so that no run can change what the next one may do.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $DataFolder)
    return [System.IO.Path]::Combine($DataFolder, 'state')
}
