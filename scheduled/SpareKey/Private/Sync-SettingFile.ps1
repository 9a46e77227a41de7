function Sync-SettingFile {
    <#
    .SYNOPSIS
        Puts the settings that were given there. Settings that are there already stay, unless -Force says otherwise;
        then the former ones stay beside them.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable] $Plan)
    if ($null -eq $Plan['Settings']) {
        return
    }
    $file = [System.IO.Path]::Combine($Plan['DataFolder'], 'settings.json')
    if ([System.IO.File]::Exists($file)) {
        $same = [System.Convert]::ToBase64String([System.IO.File]::ReadAllBytes($file)) -eq [System.Convert]::ToBase64String($Plan['Settings'])
        if ($same) {
            return
        }
        if (-not $Plan['Force']) {
            $Plan['Remarks'].Add(('The settings in "{0}" were kept; -Force puts the given ones there' -f $file))
            return
        }
    }
    Add-Difference -Plan $Plan -Part 'settings' -Text ('"{0}" does not hold the settings that were given' -f $file)
    if (-not $Plan['Apply']) {
        return
    }
    $temporary = [System.IO.Path]::Combine($Plan['DataFolder'], 'temp', 'settings-' + [System.Guid]::NewGuid().ToString('N') + '.json')
    [System.IO.File]::WriteAllBytes($temporary, $Plan['Settings'])
    if ([System.IO.File]::Exists($file)) {
        $former = [System.IO.Path]::Combine($Plan['DataFolder'], 'settings.former.json')
        [System.IO.File]::Replace($temporary, $file, $former)
        $Plan['Remarks'].Add(('The former settings are in "{0}"' -f $former))
    } else {
        [System.IO.File]::Move($temporary, $file)
    }
}
