function ConvertTo-UserSid {
    <#
    .SYNOPSIS
        Turns the name of a user (anna, PC\anna, anna@example.org) into his SID; a SID and "any" stay as they are.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Name)
    if ($Name -match '^S-1(-[0-9]+)+$') {
        return $Name.ToUpperInvariant()
    }
    if ($Name -eq 'any') {
        return 'any'
    }
    try {
        return Resolve-UserName -Name $Name
    } catch {
        $problem = @{ ExitCode = 10; Message = 'Cannot find the user "{0}": {1}' -f $Name, $_.Exception.GetBaseException().Message }
        throw (New-SpareKeyException @problem -Hint 'give a name such as PC\anna, AzureAD\anna@example.org, or the SID that "whoami /user" shows')
    }
}
