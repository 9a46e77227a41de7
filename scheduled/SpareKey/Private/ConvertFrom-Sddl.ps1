function ConvertFrom-Sddl {
    <#
    .SYNOPSIS
        Takes owner and access list out of a security descriptor in SDDL. Text alone, so that it can be tested anywhere.
    .DESCRIPTION
        Names of two letters and masks: "Security Descriptor String Format", "ACE Strings", Windows' documentation.
    .OUTPUTS
        A hashtable: Owner (SID), Protected (takes nothing over from above), Rules (Type, Flags, Sid, Mask), Odd (the
        text has parts that are not known here).
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Sddl)
    $names = @{
        SY = 'S-1-5-18'; BA = 'S-1-5-32-544'; BU = 'S-1-5-32-545'; WD = 'S-1-1-0'; AU = 'S-1-5-11'; CO = 'S-1-3-0'; IU = 'S-1-5-4'
    }
    # Two letters a right; FA and the like stand for several bits.
    $rights = @{
        FA = 0x1F01FF; FR = 0x120089; FW = 0x120116; FX = 0x1200A0; GA = 0x1F01FF; GR = 0x120089; GW = 0x120116; GX = 0x1200A0
        CC = 0x1; DC = 0x2; LC = 0x4; SW = 0x8; RP = 0x10; WP = 0x20; DT = 0x40; LO = 0x80; CR = 0x100
        SD = 0x10000; RC = 0x20000; WD = 0x40000; WO = 0x80000
    }
    $result = @{ Owner = $null; Protected = $false; Rules = [System.Collections.Generic.List[object]]::new(); Odd = $false }
    $whole = [regex]::Match($Sddl, '^(?:O:(?<owner>S-1-[0-9-]+|[A-Z]{2}))?(?:G:(?:S-1-[0-9-]+|[A-Z]{2}))?(?:D:(?<flags>[A-Z_]*)(?<rules>(?:\([^()]*\))*))?(?:S:.*)?$')
    if (-not $whole.Success -or -not $whole.Groups['owner'].Success -or -not $whole.Groups['flags'].Success) {
        $result['Odd'] = $true
        return $result
    }
    $owner = $whole.Groups['owner'].Value
    if ($names.ContainsKey($owner)) {
        $owner = $names[$owner]
    }
    $result['Owner'] = $owner
    # "NO_ACCESS_CONTROL" has a P, too, and lets everybody in.
    if ($whole.Groups['flags'].Value.Contains('_')) {
        $result['Odd'] = $true
    }
    $result['Protected'] = $whole.Groups['flags'].Value.Contains('P')
    foreach ($rule in [regex]::Matches($whole.Groups['rules'].Value, '\(([^()]*)\)')) {
        $part = $rule.Groups[1].Value.Split(';')
        if ($part.Length -ne 6) {
            $result['Odd'] = $true
            continue
        }
        $mask = 0
        if ($part[2] -match '^0[xX]([0-9A-Fa-f]{1,8})$') {
            $mask = [System.Convert]::ToInt64($Matches[1], 16)
        } elseif ($part[2] -match '^[0-9]{1,10}$') {
            $mask = [long]$part[2]
        } else {
            foreach ($letters in [regex]::Matches($part[2], '..?')) {
                if ($rights.ContainsKey($letters.Value)) {
                    $mask = $mask -bor $rights[$letters.Value]
                } else {
                    $result['Odd'] = $true
                }
            }
        }
        $sid = $part[5]
        if ($names.ContainsKey($sid)) {
            $sid = $names[$sid]
        }
        $result['Rules'].Add(@{ Type = $part[0]; Flags = $part[1]; Sid = $sid; Mask = $mask })
    }
    return $result
}
