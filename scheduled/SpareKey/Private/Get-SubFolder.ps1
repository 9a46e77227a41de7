function Get-SubFolder {
    <#
    .SYNOPSIS
        Lists the folders in a folder.
    #>
    [CmdletBinding()]
    [OutputType([System.IO.DirectoryInfo])]
    param([Parameter(Mandatory = $true)] [string] $Path)
    return [System.IO.DirectoryInfo]::new((ConvertTo-LongPath -Path $Path)).GetDirectories()
}
