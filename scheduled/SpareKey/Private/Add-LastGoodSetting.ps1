function Add-LastGoodSetting {
    <#
    .SYNOPSIS
        Adds to the settings of a run the text of the settings file that gave the last run, where it is another: by that
        the program tells a person that the settings now are broken.
    .DESCRIPTION
        Save-LastGoodSetting keeps it. Where there is no settings file any more, nothing is added: that is as good as an
        empty one. The text goes as it is; the program says what of it serves.
    #>
    [CmdletBinding()]
    param(
        # As Read-Setting gives them.
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Settings,
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        # The settings file is there and could not be read.
        [switch] $Unread
    )
    if (($null -eq $Settings['file']) -and -not $Unread) {
        return
    }
    $file = [System.IO.Path]::Combine($DataFolder, 'settings.last-good.json')
    try {
        if (-not [System.IO.File]::Exists($file)) {
            return
        }
        $script:Secrets['lastGoodSettings'] = [System.IO.File]::ReadAllText($file)
        # Operators of PowerShell pass over zero bytes, of which a broken file may be full.
        if (($null -ne $Settings['file']) -and [string]::Equals($script:Secrets['lastGoodSettings'], $script:Secrets['settingsFile'])) {
            return
        }
        $Settings['lastGood'] = [PSCustomObject]@{ Secret = 'lastGoodSettings' }
    } catch {
        # Wanted only where the settings are broken.
        Write-Warning -Message ('Cannot read "{0}": {1}' -f $file, $_.Exception.GetBaseException().Message)
    }
}
