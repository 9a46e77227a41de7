<#
    What a user's part of the registry says of OneDrive: accounts and their folders.
#>
Set-StrictMode -Version 3.0

function New-Key {
    # Stands in for a RegistryKey.
    param([string[]] $Sub = @(), [hashtable] $Values = @{})
    $key = [PSCustomObject]@{ Sub = $Sub; Values = $Values }
    $key | Add-Member -MemberType ScriptMethod -Name GetSubKeyNames -Value { $this.Sub }
    $key | Add-Member -MemberType ScriptMethod -Name GetValue -Value { param($name) $this.Values[$name] }
    $key | Add-Member -MemberType ScriptMethod -Name Close -Value {}
    return $key
}

function Get-FakeUserKey {
    # The key of that path below HKEY_USERS, where a hive is there for each SID of the table, with each account and its folder.
    param([hashtable] $Hive, [string] $Path)
    $parts = $Path.Split('\')
    if ($Path.Length -eq 0) {
        return New-Key -Sub (@('.DEFAULT', 'S-1-5-18') + @($Hive.Keys) + @($Hive.Keys | ForEach-Object -Process { $_ + '_Classes' }))
    }
    if (-not $Hive.ContainsKey($parts[0])) {
        return $null
    }
    $accounts = $Hive[$parts[0]]
    if ($parts.Count -eq 1) {
        return New-Key
    }
    if ($Path.EndsWith('\Software\Microsoft\OneDrive\Accounts')) {
        if ($accounts.Count -eq 0) {
            return $null
        }
        return New-Key -Sub @($accounts.Keys)
    }
    return New-Key -Values @{ UserFolder = $accounts[$parts[-1]] }
}

Export-ModuleMember -Function '*-*'
