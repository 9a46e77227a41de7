function Save-LastGoodSetting {
    <#
    .SYNOPSIS
        Keeps the settings file of a run that could use it: when it is broken later, the program tells by this one.
    .DESCRIPTION
        It lies where only SYSTEM and administrators write, as the settings themselves, and holds no secret that those do
        not: settings with a key in them give no run. What is kept is the text that the run had, whatever stands in the
        file now. One that is kept already is not written again. Never fails a run.
    #>
    [CmdletBinding()]
    param(
        # As Add-LastGoodSetting has left them.
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Settings,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    $file = [System.IO.Path]::Combine($DataFolder, 'settings.last-good.json')
    try {
        $isThere = [System.IO.File]::Exists($file)
        if ($null -eq $Settings['file']) {
            if ($isThere) {
                # Whoever took the settings away wants no mails by them.
                [System.IO.File]::Delete($file)
            }
        } elseif (-not $isThere -or $Settings.Contains('lastGood')) {
            $script:Document = [System.Text.Encoding]::UTF8.GetBytes($script:Secrets['settingsFile'])
            Save-Document -Path $file
        }
    } catch {
        Write-Warning -Message ('Cannot keep the settings in "{0}": {1}' -f $file, $_.Exception.GetBaseException().Message)
    }
}
