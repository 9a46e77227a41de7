function Write-NewFile {
    <#
    .SYNOPSIS
        Writes the content of one carried item to a file of its own, down to the disk.
    .DESCRIPTION
        The content comes from the module's answer, never through a parameter. A leftover of that name is written over
        unless -NeverReplace is given: then a name that is taken is an error.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [int] $Index,
        [Parameter(Mandatory = $true)] [string] $Path,
        [switch] $NeverReplace
    )
    $mode = [System.IO.FileMode]::Create
    if ($NeverReplace) {
        $mode = [System.IO.FileMode]::CreateNew
    }
    $item = $script:Answer['carry'][$Index]
    $bytes = [System.Convert]::FromBase64String($item['contentBase64'])
    $sha = [System.Security.Cryptography.SHA256]::Create()
    try {
        if ([System.BitConverter]::ToString($sha.ComputeHash($bytes)).Replace('-', '') -ne $item['sha256']) {
            $message = 'what the program handed over is not what it announced'
            throw (New-SpareKeyException -ExitCode 3 -Message $message -Hint $null)
        }
        $stream = [System.IO.FileStream]::new($Path, $mode, [System.IO.FileAccess]::Write, [System.IO.FileShare]::None)
        try {
            $stream.Write($bytes, 0, $bytes.Length)
            $stream.Flush($true)
        } finally {
            $stream.Dispose()
        }
    } finally {
        $sha.Dispose()
        [System.Array]::Clear($bytes, 0, $bytes.Length)
    }
}
