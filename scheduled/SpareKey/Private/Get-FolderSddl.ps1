function Get-FolderSddl {
    <#
    .SYNOPSIS
        Gives the rights of a folder of the installation as SDDL: owner, and a list that inherits nothing from above.
    .DESCRIPTION
        Administrators own; SYSTEM and administrators have all rights, also on all that is made inside. Whoever runs the
        program or copies his pick-up may read (0x1200a9: read and execute) in that folder alone.
    .OUTPUTS
        A text such as O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [ValidateSet('Data', 'Program', 'Pickup', 'Secrets')] [string] $Name,
        # Whose pick-up folder it is.
        [ValidatePattern('^S-1(-[0-9]+)+$')] [string] $Sid
    )
    $sddl = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
    if ($Name -eq 'Program') {
        return $sddl + '(A;OICI;0x1200a9;;;BU)'
    }
    if ($Name -eq 'Pickup') {
        if ([string]::IsNullOrEmpty($Sid)) {
            throw (New-SpareKeyException -ExitCode 1 -Message 'A pick-up folder needs the SID of its user' -Hint $null)
        }
        return $sddl + "(A;OICI;0x1200a9;;;$Sid)"
    }
    return $sddl
}
