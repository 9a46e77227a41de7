function Read-Setting {
    <#
    .SYNOPSIS
        Reads the settings: the policy's values, and the text of the settings file unjudged.
    .DESCRIPTION
        The text goes into the envelope as one JSON string, so a broken file never breaks the envelope; the program
        says what is wrong with it.
    .OUTPUTS
        A tree for the envelope; null stands for a file that does not exist.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param([Parameter(Mandatory = $true)] [string] $SettingsFile)
    $settings = [ordered]@{}
    $policy = Read-Policy
    if ($null -ne $policy) {
        $settings['policy'] = $policy
    }
    $settings['file'] = $null
    try {
        # Knows the byte order marks of UTF-8 and UTF-16; without one it is UTF-8.
        $script:Secrets['settingsFile'] = [System.IO.File]::ReadAllText($SettingsFile)
        $settings['file'] = [PSCustomObject]@{ Secret = 'settingsFile' }
    } catch {
        $reason = $_.Exception.GetBaseException()
        if (($reason -isnot [System.IO.FileNotFoundException]) -and ($reason -isnot [System.IO.DirectoryNotFoundException])) {
            $message = 'Cannot read settings "{0}": {1}' -f $SettingsFile, $reason.Message
            throw (New-SpareKeyException -ExitCode 10 -Message $message -Hint 'let SYSTEM and administrators read the file')
        }
    }
    return $settings
}
