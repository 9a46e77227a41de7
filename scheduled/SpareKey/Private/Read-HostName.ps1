function Read-HostName {
    <#
    .SYNOPSIS
        Gives all names under which this PC may have put reports anywhere: its own, and those of its archive's folders.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [Parameter(Mandatory = $true)] [string] $HostName,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    $names = [System.Collections.Generic.List[string]]::new()
    $names.Add($HostName)
    foreach ($vault in 'pc', 'recipients') {
        $folder = [System.IO.Path]::Combine((Get-StateFolder -DataFolder $DataFolder), 'archive', $vault)
        if ([System.IO.Directory]::Exists($folder)) {
            foreach ($path in [System.IO.Directory]::GetDirectories($folder)) {
                $name = [System.IO.Path]::GetFileName($path)
                if ($names -notcontains $name) {
                    $names.Add($name)
                }
            }
        }
    }
    return $names.ToArray()
}
