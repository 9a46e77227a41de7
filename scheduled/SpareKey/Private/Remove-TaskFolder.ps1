function Remove-TaskFolder {
    <#
    .SYNOPSIS
        Removes the empty folder "Spare Key" of Task Scheduler, which schtasks.exe cannot do. That it stays harms nobody.
    #>
    [CmdletBinding()]
    param()
    try {
        $service = New-Object -ComObject 'Schedule.Service'
        $service.Connect()
        $service.GetFolder('\').DeleteFolder('Spare Key', 0)
    } catch {
        $null = $_
    }
}
