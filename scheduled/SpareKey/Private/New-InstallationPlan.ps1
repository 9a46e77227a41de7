function New-InstallationPlan {
    <#
    .SYNOPSIS
        Says what a whole installation is: places and version. What is found and done is noted in it.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [AllowNull()] [AllowEmptyString()] [string] $Source,
        [AllowNull()] [AllowEmptyString()] [string] $InstallFolder,
        [AllowNull()] [AllowEmptyString()] [string] $DataFolder,
        [switch] $InPlace
    )
    $module = $MyInvocation.MyCommand.Module
    if ([string]::IsNullOrEmpty($Source)) {
        $Source = [System.IO.Path]::GetDirectoryName($module.ModuleBase)
    }
    if ([string]::IsNullOrEmpty($InstallFolder)) {
        $programs = [System.Environment]::GetFolderPath([System.Environment+SpecialFolder]::ProgramFiles)
        $InstallFolder = [System.IO.Path]::Combine($programs, 'Spare Key')
    }
    if ($InPlace) {
        $InstallFolder = $Source
    }
    if ([string]::IsNullOrEmpty($DataFolder)) {
        $DataFolder = Get-DefaultPath -Name 'DataFolder'
    }
    $folders = @(foreach ($folder in $Source, $InstallFolder, $DataFolder) {
            if (-not [System.IO.Path]::IsPathRooted($folder)) {
                throw (New-SpareKeyException -ExitCode 2 -Message ('"{0}" is not a full path' -f $folder) -Hint 'give a path such as C:\Program Files\Spare Key')
            }
            # Two levels at least: the rights of a whole drive are not ours.
            $whole = [System.IO.Path]::GetFullPath($folder).TrimEnd('\', '/')
            if ([string]::IsNullOrEmpty([System.IO.Path]::GetDirectoryName($whole))) {
                throw (New-SpareKeyException -ExitCode 2 -Message ('"{0}" is a whole drive' -f $folder) -Hint 'name a folder of its own')
            }
            $whole
        })
    return @{
        Source        = $folders[0]
        InstallFolder = $folders[1]
        DataFolder    = $folders[2]
        # The files are where they belong, put there by the MSI or unpacked there.
        InPlace       = [bool]$InPlace -or ($folders[0] -eq $folders[1])
        Version       = [string]$module.Version
        Staging       = $null
        Apply         = $false
        Force         = $false
        # Bytes of the settings to put there, or null.
        Settings      = $null
        # The run was ended and the tasks were disabled, until they are registered anew.
        Stopped       = $false
        Differences   = [System.Collections.Generic.List[object]]::new()
        Remarks       = [System.Collections.Generic.List[string]]::new()
        Troubles      = [System.Collections.Generic.List[string]]::new()
    }
}
