function Save-Text {
    <#
    .SYNOPSIS
        Keeps a short text without secrets as a file in UTF-8, whole or not at all; one that says so already stays.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Text
    )
    if ([System.IO.File]::Exists($Path) -and ([System.IO.File]::ReadAllText($Path) -ceq $Text)) {
        return
    }
    $script:Document = [System.Text.Encoding]::UTF8.GetBytes($Text)
    Save-Document -Path $Path
}
