function Read-FolderAccess {
    <#
    .SYNOPSIS
        Reads who may read the local folders that hold reports; the program judges it.
    .DESCRIPTION
        Removable drives are left out: whoever has the stick has what is on it.
    .OUTPUTS
        Dictionaries as in the envelope: destination, sddl, error.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Plan)
    foreach ($folder in $Plan['folders']) {
        if ([string]::IsNullOrEmpty($folder['path'])) {
            # On a stick that is not plugged in.
            continue
        }
        $entry = [ordered]@{ destination = $folder['name']; sddl = $null; error = $null }
        try {
            if (Test-Removable -Path $folder['path']) {
                continue
            }
            if (-not [System.IO.Directory]::Exists($folder['path'])) {
                throw (New-Object -TypeName System.IO.DirectoryNotFoundException)
            }
            $entry['sddl'] = Read-FolderSddl -Path $folder['path']
        } catch {
            $entry['error'] = Get-FailureText -Exception $_.Exception
        }
        $entry
    }
}
