function Get-RootAttribute {
    <#
    .SYNOPSIS
        Gives the attributes of a place's root, which tells whether it answers; throws where it does not.
    #>
    [CmdletBinding()]
    [OutputType([System.IO.FileAttributes])]
    param([Parameter(Mandatory = $true)] [string] $Path)
    $attributes = [System.IO.File]::GetAttributes((ConvertTo-LongPath -Path $Path))
    if (($attributes -band [System.IO.FileAttributes]::Directory) -eq 0) {
        throw (New-SpareKeyException -ExitCode 3 -Message ('"{0}" is a file' -f $Path) -Hint $null)
    }
    return $attributes
}
