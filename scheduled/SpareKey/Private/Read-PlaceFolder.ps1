function Read-PlaceFolder {
    <#
    .SYNOPSIS
        Reads one folder of a place: its status.json, and its files with size and hash.
    .DESCRIPTION
        Newest first, since names begin with the date. A file that cannot be read, or for which no time is left, has no
        hash; a folder that cannot be read is somebody else's, so its status names no PC.
    .OUTPUTS
        An entry of a listing's folders.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)] [System.IO.DirectoryInfo] $Folder,
        [Parameter(Mandatory = $true)] [System.Diagnostics.Stopwatch] $Clock,
        [Parameter(Mandatory = $true)] [long] $LimitMilliseconds,
        # Below a user's folder: links are passed over.
        [switch] $Personal
    )
    $result = [ordered]@{ name = $Folder.Name; status = $null; files = [System.Collections.Generic.List[object]]::new() }
    try {
        $files = [System.IO.DirectoryInfo]::new((ConvertTo-LongPath -Path $Folder.FullName)).GetFiles()
    } catch {
        $result['error'] = Get-FailureText -Exception $_.Exception
        $result['status'] = [ordered]@{ machineId = '' }
        return $result
    }
    $names = [string[]]@(foreach ($file in $files) { $file.Name })
    [System.Array]::Sort($names, $files, [System.StringComparer]::Ordinal)
    [System.Array]::Reverse($files)
    foreach ($file in $files) {
        if ($file.Name -like '.spare-key-*.tmp') {
            continue
        }
        if ($Personal -and ($null -ne (Find-Link -Path $file.FullName -Below $Folder.FullName))) {
            continue
        }
        $path = ConvertTo-LongPath -Path $file.FullName
        $cloud = Test-CloudFile -File $file
        if ($file.Name -eq 'status.json') {
            if (-not $cloud) {
                $result['status'] = Read-JsonFile -Path $path
            }
            continue
        }
        $hash = $null
        if (-not $cloud) {
            try {
                $hash = Get-ContentHash -Path $path -Clock $Clock -LimitMilliseconds $LimitMilliseconds
            } catch {
                # Held open by another program, or gone since: whoever decides knows that nothing is known.
                $hash = $null
            }
        }
        $result['files'].Add([ordered]@{ name = $file.Name; size = $file.Length; sha256 = $hash; cloud = $cloud })
    }
    return $result
}
