function Test-Removable {
    <#
    .SYNOPSIS
        Tells whether a path lies on a removable drive.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [string] $Path)
    $drive = New-Object -TypeName System.IO.DriveInfo -ArgumentList ([System.IO.Path]::GetPathRoot($Path))
    return $drive.DriveType -eq [System.IO.DriveType]::Removable
}
