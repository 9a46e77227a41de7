function Get-KnownTask {
    <#
    .SYNOPSIS
        Lists the tasks that were registered, by the copies that were kept, and the nightly one in any case.
    .OUTPUTS
        Names such as \Spare Key\Nightly
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $DataFolder)
    $names = @('\Spare Key\Nightly')
    $folder = [System.IO.Path]::Combine($DataFolder, 'tasks')
    if ((Get-PathKind -Path $folder) -eq 'folder') {
        foreach ($file in [System.IO.Directory]::GetFiles($folder, '*.xml')) {
            $name = '\Spare Key\' + [System.IO.Path]::GetFileNameWithoutExtension($file)
            if (($names -notcontains $name) -and -not $name.EndsWith('.registered', [System.StringComparison]::Ordinal)) {
                $names += $name
            }
        }
    }
    return $names
}
