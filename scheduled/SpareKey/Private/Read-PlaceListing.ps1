function Read-PlaceListing {
    <#
    .SYNOPSIS
        Looks at one place, a share or a user's OneDrive: what lies in the folders that may be this PC's.
    .DESCRIPTION
        Runs in a runspace of its own. A place that answers but refuses to be listed is a drop box (blind).
    .OUTPUTS
        A listing for the envelope.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)] [string] $Destination,
        [Parameter(Mandatory = $true)] [string] $Root,
        # Folders to look into have one of these names, or begin with one and a blank.
        [Parameter(Mandatory = $true)] [string[]] $Name,
        [Parameter(Mandatory = $true)] [double] $Seconds,
        # The user's folder above the root: links below it are refused, and the root need not be there yet.
        [AllowEmptyString()] [string] $Personal = ''
    )
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    # Hashing ends before whoever waits loses patience.
    $limit = [long]($Seconds * 750)
    $result = [ordered]@{
        destination = $Destination
        reachable   = $false
        error       = $null
        blind       = $false
        linked      = $null
        folders     = [System.Collections.Generic.List[object]]::new()
    }
    $drive = $null
    try {
        $drive = Connect-Share -Destination $Destination -Root $Root
        if ($Personal.Length -gt 0) {
            if (-not [System.IO.Directory]::Exists($Personal)) {
                $message = 'the OneDrive folder "{0}" is not there' -f $Personal
                throw (New-SpareKeyException -ExitCode 3 -Message $message -Hint $null)
            }
            $link = Find-Link -Path $Root -Below $Personal
            if ($null -ne $link) {
                $message = '"{0}" is a link, and links are not followed' -f $link
                throw (New-SpareKeyException -ExitCode 3 -Message $message -Hint $null)
            }
            if (-not [System.IO.Directory]::Exists($Root)) {
                $result['reachable'] = $true
                return $result
            }
        }
        try {
            $folders = @(Get-SubFolder -Path $Root)
        } catch {
            if ($_.Exception.GetBaseException() -isnot [System.UnauthorizedAccessException]) {
                throw
            }
            # Throws where the place itself is closed.
            $null = Get-RootAttribute -Path $Root
            $result['blind'] = $true
            $folders = @()
        }
        $ignoreCase = [System.StringComparison]::OrdinalIgnoreCase
        foreach ($folder in $folders) {
            $fits = $false
            foreach ($item in $Name) {
                $fits = $fits -or $folder.Name.Equals($item, $ignoreCase) -or $folder.Name.StartsWith($item + ' ', $ignoreCase)
            }
            if (-not $fits -or (($Personal.Length -gt 0) -and ($null -ne (Find-Link -Path $folder.FullName -Below $Root)))) {
                continue
            }
            $common = @{ Clock = $clock; LimitMilliseconds = $limit; Personal = $Personal.Length -gt 0 }
            $result['folders'].Add((Read-PlaceFolder -Folder $folder @common))
        }
        $result['reachable'] = $true
    } catch {
        $result['reachable'] = $false
        $result['blind'] = $false
        $result['folders'].Clear()
        $result['error'] = Get-FailureText -Exception $_.Exception
    } finally {
        Disconnect-Share -Drive $drive
    }
    return $result
}
