function Get-ProgramPlace {
    <#
    .SYNOPSIS
        Gives the arguments for starting the program that lies in a folder.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)] [string] $Folder,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    $deno = [System.IO.Path]::GetFileName((Get-DefaultPath -Name 'DenoPath'))
    return @{
        DenoPath    = [System.IO.Path]::Combine($Folder, $deno)
        ProgramPath = [System.IO.Path]::Combine($Folder, 'main.js')
        DataFolder  = $DataFolder
    }
}
