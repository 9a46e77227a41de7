function Read-OneDriveAccount {
    <#
    .SYNOPSIS
        Reads which OneDrive accounts a user who is signed in has linked, and their folders.
    .OUTPUTS
        An ordered dictionary: account (Business1, Business2, ..., Personal) to folder. Null when he is not signed in.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Sid)
    $user = Open-UserKey -Path $Sid
    if ($null -eq $user) {
        return $null
    }
    $user.Close()
    $found = [ordered]@{}
    $path = "$Sid\Software\Microsoft\OneDrive\Accounts"
    $accounts = Open-UserKey -Path $path
    if ($null -eq $accounts) {
        return $found
    }
    try {
        $names = @($accounts.GetSubKeyNames())
    } finally {
        $accounts.Close()
    }
    # OneDrive links at most nine work accounts.
    $order = @(foreach ($number in 1..9) { "Business$number" }) + 'Personal'
    foreach ($name in $order) {
        if ($names -notcontains $name) {
            continue
        }
        $account = Open-UserKey -Path "$path\$name"
        if ($null -eq $account) {
            continue
        }
        try {
            # Unlinking an account takes this value away and may leave the key.
            $folder = [string]$account.GetValue('UserFolder')
        } finally {
            $account.Close()
        }
        if ($folder.Length -gt 0) {
            $found[$name] = $folder
        }
    }
    return $found
}
