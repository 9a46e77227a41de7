function Get-DefaultPath {
    <#
    .SYNOPSIS
        Gives the places of an installation: data in ProgramData, program and Deno two levels above this file.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [ValidateSet('DataFolder', 'DenoPath', 'ProgramPath')] [string] $Name)
    if ($Name -eq 'DataFolder') {
        $common = [System.Environment]::GetFolderPath([System.Environment+SpecialFolder]::CommonApplicationData)
        return [System.IO.Path]::Combine($common, 'Spare Key')
    }
    $installed = [System.IO.Path]::GetDirectoryName($MyInvocation.MyCommand.Module.ModuleBase)
    if ($Name -eq 'ProgramPath') {
        return [System.IO.Path]::Combine($installed, 'main.js')
    }
    if (Test-Windows) {
        return [System.IO.Path]::Combine($installed, 'deno.exe')
    }
    return [System.IO.Path]::Combine($installed, 'deno')
}
