function Assert-DataFolder {
    <#
    .SYNOPSIS
        Refuses a data folder that is not there, and on Windows folders of Spare Key that others could change. The folder
        is never made here: made by installation, it is closed to users.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        # Also sets rights again that only let others look. For the nightly run.
        [switch] $Repair
    )
    if (-not [System.IO.Path]::IsPathRooted($DataFolder)) {
        $problem = @{ ExitCode = 2; Message = 'The data folder "{0}" is not a full path' -f $DataFolder }
        throw (New-SpareKeyException @problem -Hint 'give a path such as C:\ProgramData\Spare Key')
    }
    if (-not [System.IO.Directory]::Exists($DataFolder)) {
        $problem = @{ ExitCode = 10; Message = 'The data folder "{0}" does not exist or is closed to this user' -f $DataFolder }
        throw (New-SpareKeyException @problem -Hint 'install Spare Key, and run this as administrator')
    }
    if (-not (Test-Windows)) {
        # There the program looks itself.
        return
    }
    $seen = @{}
    # These scripts, and beside them Deno and the program.
    Assert-TrustedFolder -Path ([System.IO.Path]::GetDirectoryName($MyInvocation.MyCommand.Module.ModuleBase)) -Seen $seen
    $data = [System.IO.Path]::GetFullPath($DataFolder).TrimEnd([System.IO.Path]::DirectorySeparatorChar)
    Assert-TrustedFolder -Path $data -Seen $seen
    $seen[$data] = $true
    foreach ($name in 'secrets', 'permissions', 'state', 'state\archive', 'pickup') {
        $folder = [System.IO.Path]::Combine([string[]](@($data) + $name.Split('\')))
        if ((Get-PathKind -Path $folder) -ne 'none') {
            Assert-TrustedFolder -Path $folder -Seen $seen
        }
    }
    if ($Repair -and ((Get-OwnSid) -eq 'S-1-5-18')) {
        Repair-FolderAccess -DataFolder $data
    }
}
