function Assert-SecretForm {
    <#
    .SYNOPSIS
        Refuses a new secret that cannot be right, without quoting it.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Name)
    $text = $script:Secrets['new']
    $problem = $null
    if ($Name -eq 'share') {
        $lines = @($text.Replace([string][char]13, [string]::Empty).Split([char]10))
        if (($lines.Count -ne 2) -or ($lines[0].Trim().Length -eq 0) -or ($lines[1].Length -eq 0)) {
            $problem = 'it must be a user name and, in the next line, a password'
        }
        $script:Secrets['new'] = [string]::Join([string][char]10, $lines)
    } elseif ($text.Trim().Length -eq 0) {
        $problem = 'it is empty'
    } elseif ($Name -eq 'archiveKey') {
        # X25519 identities of age have 58 characters behind the prefix: age-encryption.org/v1, bech32 of 32 bytes.
        foreach ($line in $text.Split([char]10)) {
            $key = $line.Trim()
            if (($key.Length -gt 0) -and -not $key.StartsWith('#', [System.StringComparison]::Ordinal) -and
                ($key -cnotmatch '^AGE-SECRET-KEY-1[A-Z0-9]{58}$')) {
                $problem = 'a line of it is no key that begins with AGE-SECRET-KEY-1'
            }
        }
        if ($text -cnotmatch '(?m)^\s*AGE-SECRET-KEY-1') {
            $problem = 'it holds no key that begins with AGE-SECRET-KEY-1'
        }
    } elseif ($text.Contains([string][char]10)) {
        $problem = 'it has more than one line'
    }
    if ($null -ne $problem) {
        $message = 'Cannot store the secret "{0}": {1}' -f $Name, $problem
        throw (New-SpareKeyException -ExitCode 2 -Message $message -Hint 'what was stored before stays')
    }
}
