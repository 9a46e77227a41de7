function ConvertTo-CommandLine {
    <#
    .SYNOPSIS
        Joins arguments to one command line by the rules of Windows' C runtime: Windows PowerShell's .NET takes no list.
    .DESCRIPTION
        Backslashes count as themselves except before a quotation mark, where they are doubled; so also before the
        closing one: "Parsing C++ command-line arguments", Microsoft C++ documentation.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [AllowEmptyString()] [string[]] $Argument)
    $quoted = foreach ($item in $Argument) {
        if (($item.Length -gt 0) -and ($item -notmatch '[\s"]')) {
            $item
        } else {
            $text = [regex]::Replace($item, '(\\*)"', '$1$1\"')
            '"' + [regex]::Replace($text, '(\\+)$', '$1$1') + '"'
        }
    }
    return [string]::Join(' ', @($quoted))
}
