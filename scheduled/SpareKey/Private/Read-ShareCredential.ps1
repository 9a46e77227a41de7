function Read-ShareCredential {
    <#
    .SYNOPSIS
        Opens the stored credentials of shares into the module's secrets. One that cannot be opened becomes a line in
        Problems, and the share is tried as this PC's own account.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Carried,
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [System.Collections.Generic.List[string]] $Problems
    )
    foreach ($destination in $Carried) {
        $name = 'share-' + $destination['name']
        $path = [System.IO.Path]::Combine($DataFolder, 'secrets', "$name.bin")
        if (($destination['kind'] -ne 'share') -or -not [System.IO.File]::Exists($path)) {
            continue
        }
        try {
            Unlock-Secret -Name $name -Path $path
        } catch {
            $reason = $_.Exception.GetBaseException().Message
            $Problems.Add(('Cannot open the secret "{0}", the run went on without it: {1}' -f $name, $reason))
        }
    }
}
