function Get-SecretFile {
    <#
    .SYNOPSIS
        Gives the file of a secret: share-NAME.bin for the account of a share.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Destination,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    $base = $Name
    if ($Name -eq 'share') {
        # As the settings want names of destinations, which are good file names, too.
        if ($Destination -notmatch '^[\p{L}\p{N} ._-]{1,40}$') {
            $message = 'Cannot store the account of the share "{0}": that is no name of a destination' -f $Destination
            throw (New-SpareKeyException -ExitCode 2 -Message $message -Hint 'give with -Destination the name that the share has in the settings')
        }
        $base = 'share-' + $Destination
    } elseif ($Destination.Length -gt 0) {
        $message = 'Cannot store the secret "{0}" for "{1}": only shares have one each' -f $Name, $Destination
        throw (New-SpareKeyException -ExitCode 2 -Message $message -Hint 'leave -Destination out')
    }
    return [System.IO.Path]::Combine($DataFolder, 'secrets', "$base.bin")
}
