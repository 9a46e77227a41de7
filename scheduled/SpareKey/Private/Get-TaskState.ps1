function Get-TaskState {
    <#
    .SYNOPSIS
        Tells whether a task is missing, disabled or ready; unknown where Task Scheduler answers without saying anything.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Name)
    $xml = Read-RegisteredTask -Name $Name
    if ($null -eq $xml) {
        return 'missing'
    }
    if ($xml.Length -eq 0) {
        return 'unknown'
    }
    if ($xml -match '(?s)<Settings>.*<Enabled>false</Enabled>.*</Settings>') {
        return 'disabled'
    }
    return 'ready'
}
