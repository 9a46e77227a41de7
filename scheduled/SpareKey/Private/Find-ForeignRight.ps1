function Find-ForeignRight {
    <#
    .SYNOPSIS
        Looks whether a folder or file belongs to, or gives certain rights to, anybody but SYSTEM, administrators, the installer
        of Windows, and whoever runs this: he can do no more to himself. For the nightly run that is SYSTEM.
    .OUTPUTS
        What is wrong, such as "it belongs to S-1-5-21-1-2-3-1001"; null when nothing is.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Sddl,
        # The bits of an access mask that nobody else may have. By default all that change something (winnt.h):
        # FILE_ADD_FILE, ADD_SUBDIRECTORY, WRITE_EA, DELETE_CHILD, WRITE_ATTRIBUTES, DELETE, WRITE_DAC, WRITE_OWNER,
        # GENERIC_ALL, GENERIC_WRITE.
        [long] $Mask = 0x500D0156L,
        # Leaves out rules that are there for what lies below alone.
        [switch] $NotBelow,
        # Leaves out rules that come from above.
        [switch] $NotInherited
    )
    $is = ConvertFrom-Sddl -Sddl $Sddl
    if ($is['Odd']) {
        return 'its rights cannot be read'
    }
    $own = Get-OwnSid
    if (-not (Test-TrustedOwner -Sid $is['Owner']) -and ($is['Owner'] -ne $own)) {
        return 'it belongs to {0}' -f $is['Owner']
    }
    foreach ($rule in $is['Rules']) {
        # Whoever makes something below (S-1-3-0), and the owner (S-1-3-4, OW), have to be trusted for that already.
        $isOwner = @('S-1-3-0', 'S-1-3-4', 'OW', $own) -contains $rule['Sid']
        $isForBelow = $NotBelow -and ($rule['Flags'] -match '^(?:..)*IO')
        $isFromAbove = $NotInherited -and ($rule['Flags'] -match '^(?:..)*ID')
        if (($rule['Type'] -eq 'D') -or $isOwner -or $isForBelow -or $isFromAbove -or (Test-TrustedOwner -Sid $rule['Sid'])) {
            continue
        }
        if (($rule['Mask'] -band $Mask) -ne 0) {
            return '{0} may change it' -f $rule['Sid']
        }
    }
    return $null
}
