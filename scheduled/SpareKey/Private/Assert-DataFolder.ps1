function Assert-DataFolder {
    <#
    .SYNOPSIS
        Refuses a data folder that is not there. It is never made here: made by installation, it is closed to users.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $DataFolder)
    if (-not [System.IO.Path]::IsPathRooted($DataFolder)) {
        $problem = @{ ExitCode = 2; Message = 'The data folder "{0}" is not a full path' -f $DataFolder }
        throw (New-SpareKeyException @problem -Hint 'give a path such as C:\ProgramData\Spare Key')
    }
    if (-not [System.IO.Directory]::Exists($DataFolder)) {
        $problem = @{ ExitCode = 10; Message = 'The data folder "{0}" does not exist or is closed to this user' -f $DataFolder }
        throw (New-SpareKeyException @problem -Hint 'install Spare Key, and run this as administrator')
    }
}
