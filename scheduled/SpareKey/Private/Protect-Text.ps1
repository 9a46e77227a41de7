function Protect-Text {
    <#
    .SYNOPSIS
        Blanks in the program's talk whatever looks like a secret. A second fence: nothing should reach it.
    .DESCRIPTION
        Works on the module's own variable, not on a parameter: what is to be blanked must not be recorded first.
    #>
    [CmdletBinding()]
    param()
    # 48 digits or more with at most three separators between any two of them, and age's private keys.
    $text = [regex]::Replace($script:ProgramTalk, '(?:[0-9][^0-9A-Za-z]{0,3}){47,}[0-9]', '[recovery password]')
    $text = [regex]::Replace($text, 'AGE-SECRET-KEY-1[0-9A-Za-z]+', '[key]', [System.Text.RegularExpressions.RegexOptions]::IgnoreCase)
    foreach ($secret in $script:Secrets.Values) {
        if ($secret.Length -ge 4) {
            $text = $text.Replace($secret, '[secret]')
        }
    }
    $script:ProgramTalk = $text
}
