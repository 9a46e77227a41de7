function Remove-Temporary {
    <#
    .SYNOPSIS
        Removes a temporary file, or all that runs of other days left behind in a folder. What cannot be removed stays.
    #>
    [CmdletBinding()]
    param(
        [string] $Path = '',
        [string] $Folder = ''
    )
    try {
        if ($Path.Length -gt 0) {
            if ([System.IO.File]::Exists($Path)) {
                [System.IO.File]::Delete($Path)
            }
            return
        }
        $yesterday = [System.DateTime]::UtcNow.AddDays(-1)
        foreach ($file in [System.IO.DirectoryInfo]::new((ConvertTo-LongPath -Path $Folder)).GetFiles('.spare-key-*.tmp')) {
            if ($file.LastWriteTimeUtc -lt $yesterday) {
                $file.Delete()
            }
        }
    } catch {
        # A drop box lists nothing and lets nothing be removed.
        $null = $_
    }
}
