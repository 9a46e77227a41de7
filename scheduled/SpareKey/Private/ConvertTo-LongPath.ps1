function ConvertTo-LongPath {
    <#
    .SYNOPSIS
        Gives a full path the form in which Windows takes any length, where the plain one may be too long.
    .DESCRIPTION
        Windows PowerShell counts 260 characters for a file, 248 for a folder. Such a path is taken literally, so
        short ones stay plain. Elsewhere than on Windows nothing changes.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)
    if (($Path.Length -lt 248) -or -not (Test-Windows) -or $Path.StartsWith('\\?\', [System.StringComparison]::Ordinal)) {
        return $Path
    }
    if ($Path.StartsWith('\\', [System.StringComparison]::Ordinal)) {
        return '\\?\UNC\' + $Path.Substring(2)
    }
    return '\\?\' + $Path
}
