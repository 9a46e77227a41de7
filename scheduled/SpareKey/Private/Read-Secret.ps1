function Read-Secret {
    <#
    .SYNOPSIS
        Opens the secrets of the data folder. A missing one is left out; one that cannot be opened becomes a line in
        Problems, and the run goes on without it.
    .DESCRIPTION
        Accounts for shares are the carrier's: the program is told only which shares have one.
    .OUTPUTS
        A tree for the envelope, with stand-ins.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [System.Collections.Generic.List[string]] $Problems
    )
    $found = [ordered]@{}
    foreach ($name in 'smtpPassword', 'archiveKey') {
        $path = [System.IO.Path]::Combine($DataFolder, 'secrets', "$name.bin")
        if (-not [System.IO.File]::Exists($path)) {
            continue
        }
        try {
            Unlock-Secret -Name $name -Path $path
            $found[$name] = [PSCustomObject]@{ Secret = $name }
        } catch {
            $reason = $_.Exception.GetBaseException().Message
            $Problems.Add(('Cannot open the secret "{0}", the run went on without it: {1}' -f $name, $reason))
        }
    }
    $folder = [System.IO.Path]::Combine($DataFolder, 'secrets')
    if ([System.IO.Directory]::Exists($folder)) {
        $shares = [string[]]@(foreach ($path in [System.IO.Directory]::GetFiles($folder, 'share-*.bin')) {
                [System.IO.Path]::GetFileNameWithoutExtension($path).Substring('share-'.Length)
            })
        if ($shares.Count -gt 0) {
            [System.Array]::Sort($shares, [System.StringComparer]::Ordinal)
            $found['shareCredentials'] = $shares
        }
    }
    return $found
}
