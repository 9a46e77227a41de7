function Get-OneDriveFolder {
    <#
    .SYNOPSIS
        Finds the OneDrive folder that a destination means, and remembers it for nights when its user is not signed in.
    .DESCRIPTION
        No hive is ever loaded. For "any" the user of last time comes first, then those who are signed in, by SID.
    .OUTPUTS
        A dictionary with Sid, SignedIn, Linked, Account, Folder and Error; without a folder the error says why.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        # A SID, or "any".
        [Parameter(Mandatory = $true)] [string] $User,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    $file = [System.IO.Path]::Combine($DataFolder, 'onedrive.json')
    $memory = [ordered]@{ schema = 1; any = $null; users = [ordered]@{} }
    $read = Read-JsonFile -Path $file
    if (($null -ne $read) -and ($read['users'] -is [System.Collections.IDictionary])) {
        $memory['any'] = $read['any']
        $memory['users'] = $read['users']
    }
    $candidates = @($User)
    if ($User -eq 'any') {
        $candidates = @($memory['any']) + @(Get-SignedInUser)
    }
    $found = $null
    foreach ($sid in $candidates) {
        if ([string]::IsNullOrEmpty($sid)) {
            continue
        }
        $one = Find-OneDriveFolder -Sid $sid -Remembered $memory['users'][$sid]
        if (($null -eq $found) -or ($null -ne $one['Folder'])) {
            $found = $one
        }
        if ($null -ne $found['Folder']) {
            break
        }
    }
    if ($null -eq $found) {
        $found = [ordered]@{ Sid = $null; SignedIn = $false; Linked = $null; Account = $null; Folder = $null; Error = 'nobody is signed in whose OneDrive could be used' }
    }
    if (($null -ne $found['Folder']) -and $found['SignedIn']) {
        $old = $memory['users'][$found['Sid']]
        $same = ($old -is [System.Collections.IDictionary]) -and ($old['account'] -eq $found['Account']) -and ($old['folder'] -ceq $found['Folder'])
        if (-not $same -or (($User -eq 'any') -and ($memory['any'] -ne $found['Sid']))) {
            $memory['users'][$found['Sid']] = [ordered]@{ account = $found['Account']; folder = $found['Folder'] }
            if ($User -eq 'any') {
                $memory['any'] = $found['Sid']
            }
            Write-JsonDocument -Tree $memory
            Save-Document -Path $file
        }
    }
    return $found
}
