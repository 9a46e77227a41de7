function Clear-Secret {
    <#
    .SYNOPSIS
        Forgets all that may hold digits or other secrets.
    #>
    [CmdletBinding()]
    param()
    $script:Secrets.Clear()
    foreach ($bytes in $script:Document, $script:ProgramOutput) {
        [System.Array]::Clear($bytes, 0, $bytes.Length)
    }
    $script:Document = [byte[]]@()
    $script:ProgramOutput = [byte[]]@()
    $script:ProgramTalk = ''
    $script:Answer = $null
}
