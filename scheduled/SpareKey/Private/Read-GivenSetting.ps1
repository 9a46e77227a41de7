function Read-GivenSetting {
    <#
    .SYNOPSIS
        Takes the settings that an installation is given, as a file or as single values, and has the program judge them
        before anything is changed.
    .DESCRIPTION
        They come to lie in the plan as bytes; they hold no secret, which no parameter of an installation takes.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable] $Plan,
        [AllowNull()] [AllowEmptyString()] [string] $SettingsFile,
        [Parameter(Mandatory = $true)] [hashtable] $Value
    )
    $tree = New-SettingTree -Value $Value
    if (-not [string]::IsNullOrEmpty($SettingsFile)) {
        if ($null -ne $tree) {
            $hint = 'put all of it into the file, or give no file'
            throw (New-SpareKeyException -ExitCode 2 -Message 'Cannot take settings from a file and from parameters' -Hint $hint)
        }
        try {
            $Plan['Settings'] = [System.IO.File]::ReadAllBytes($SettingsFile)
        } catch {
            $message = 'Cannot read settings "{0}": {1}' -f $SettingsFile, $_.Exception.GetBaseException().Message
            throw (New-SpareKeyException -ExitCode 10 -Message $message -Hint 'check the path')
        }
    } elseif ($null -ne $tree) {
        Write-JsonDocument -Tree $tree
        # A copy: the document is cleared after its use.
        $Plan['Settings'] = [byte[]]$script:Document.Clone()
    } else {
        return
    }
    $file = [System.IO.Path]::Combine($Plan['Staging'], 'settings.json')
    [System.IO.File]::WriteAllBytes($file, $Plan['Settings'])
    $place = Get-ProgramPlace -Folder $Plan['Source'] -DataFolder $Plan['Staging']
    $shown = $SettingsFile
    if ($null -ne $tree) {
        $shown = 'parameters'
    }
    try {
        Assert-Setting -SettingsFile $file @place
    } catch {
        # It says where it read them; a person knows where they came from.
        $problem = @{ ExitCode = 10; Message = $_.Exception.Message.Replace($file, $shown) }
        throw (New-SpareKeyException @problem -Hint 'nothing was changed; correct the settings, and install again')
    }
}
