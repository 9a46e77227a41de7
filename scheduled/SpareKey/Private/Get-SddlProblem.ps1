function Get-SddlProblem {
    <#
    .SYNOPSIS
        Tells in which ways the rights of a folder are not those that they should be.
    .OUTPUTS
        Hashtables: Kind (owner, write, read, missing, inherits) and Text. Owner and write let others change what lies
        there; read lets them look; with missing SYSTEM or the administrators lack rights. Nothing when all is well.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        # What Windows says.
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Sddl,
        # What it should be.
        [Parameter(Mandatory = $true)] [string] $Wanted
    )
    # Read and execute; every other bit changes something.
    $readMask = 0x1200A9
    $is = ConvertFrom-Sddl -Sddl $Sddl
    $should = ConvertFrom-Sddl -Sddl $Wanted
    if ($is['Odd']) {
        @{ Kind = 'write'; Text = 'its rights cannot be read' }
        return
    }
    if (-not (Test-TrustedOwner -Sid $is['Owner'])) {
        @{ Kind = 'owner'; Text = 'it belongs to {0}' -f $is['Owner'] }
    }
    $allowed = @{}
    foreach ($rule in $should['Rules']) {
        $allowed[$rule['Sid']] = $rule['Mask']
    }
    $granted = @{}
    foreach ($rule in $is['Rules']) {
        $sid = $rule['Sid']
        if ($rule['Type'] -ne 'A') {
            if ($allowed.ContainsKey($sid) -or ($rule['Type'] -ne 'D')) {
                @{ Kind = 'missing'; Text = 'it has a rule of the type {0} for {1}' -f $rule['Type'], $sid }
            }
            continue
        }
        $limit = 0
        if ($allowed.ContainsKey($sid)) {
            $limit = $allowed[$sid]
        }
        $more = $rule['Mask'] -band (-bnot $limit)
        if (($more -band (-bnot $readMask)) -ne 0) {
            @{ Kind = 'write'; Text = '{0} may change it' -f $sid }
        } elseif ($more -ne 0) {
            @{ Kind = 'read'; Text = '{0} may read it' -f $sid }
        }
        $granted[$sid] = $rule['Mask'] -bor [long]$granted[$sid]
    }
    foreach ($rule in $should['Rules']) {
        if (($rule['Mask'] -band (-bnot [long]$granted[$rule['Sid']])) -ne 0) {
            @{ Kind = 'missing'; Text = '{0} lacks rights' -f $rule['Sid'] }
        }
    }
    if ($should['Protected'] -and -not $is['Protected']) {
        @{ Kind = 'inherits'; Text = 'it takes over rights from the folder above' }
    }
}
