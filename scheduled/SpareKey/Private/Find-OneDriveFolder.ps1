function Find-OneDriveFolder {
    <#
    .SYNOPSIS
        Finds the OneDrive folder of one user: the one that is linked now, or, while he is not signed in, the one
        remembered.
    .DESCRIPTION
        Of several accounts the remembered one is kept while it is linked; else a work account comes before the
        personal one.
    .OUTPUTS
        A dictionary with Sid, SignedIn, Linked, Account, Folder and Error; without a folder the error says why.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)] [string] $Sid,
        # What was remembered of him (account, folder), or null.
        [AllowNull()] [object] $Remembered
    )
    $result = [ordered]@{ Sid = $Sid; SignedIn = $false; Linked = $null; Account = $null; Folder = $null; Error = $null }
    $accounts = Read-OneDriveAccount -Sid $Sid
    $known = ($Remembered -is [System.Collections.IDictionary]) -and ($Remembered['account'] -is [string]) -and ($Remembered['folder'] -is [string])
    if ($null -ne $accounts) {
        $result['SignedIn'] = $true
        $result['Linked'] = $accounts.Count -gt 0
        if ($accounts.Count -eq 0) {
            $result['Error'] = 'this user has no OneDrive account linked to this PC'
            return $result
        }
        $result['Account'] = @($accounts.Keys)[0]
        if ($known -and $accounts.Contains($Remembered['account'])) {
            $result['Account'] = $Remembered['account']
        }
        $folder = $accounts[$result['Account']]
    } elseif ($known) {
        $result['Account'] = $Remembered['account']
        $folder = $Remembered['folder']
    } else {
        $result['Error'] = 'where his OneDrive is will be known once this user signs in'
        return $result
    }
    $facts = @{ Path = "SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\$Sid"; Name = 'ProfileImagePath' }
    $profileFolder = Read-RegistryText @facts
    $result['Error'] = Get-PathRefusal -Folder $folder -ProfileFolder $profileFolder
    if ($null -eq $result['Error']) {
        $link = Find-Link -Path $folder.TrimEnd('\') -Below $profileFolder
        if ($null -ne $link) {
            $result['Error'] = '"{0}" is a link, and links are not followed' -f $link
        }
    }
    if ([string]::IsNullOrEmpty($result['Error'])) {
        $result['Error'] = $null
        $result['Folder'] = $folder.TrimEnd('\')
    }
    return $result
}
