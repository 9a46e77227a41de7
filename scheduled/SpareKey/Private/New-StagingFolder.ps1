function New-StagingFolder {
    <#
    .SYNOPSIS
        Makes the folder in which an installation prepares what it then moves to its place: beside the program folder,
        where only administrators can write, so on the same drive and out of others' reach. Its path comes into the plan.
        Places that a run would refuse, since others can put another folder there, are refused at once.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable] $Plan)
    Assert-TrustedPlan -Plan $Plan -Above
    $above = [System.IO.Path]::GetDirectoryName($Plan['InstallFolder'])
    $name = [System.IO.Path]::GetFileName($Plan['InstallFolder']) + '.setup-'
    if ([System.IO.Directory]::Exists($above)) {
        # Left by one that was cut off: copies, nothing else.
        foreach ($old in [System.IO.Directory]::GetDirectories($above, $name + '*')) {
            Remove-Folder -Path $old
        }
    }
    $folder = [System.IO.Path]::Combine($above, $name + [System.Guid]::NewGuid().ToString('N').Substring(0, 8))
    [void][System.IO.Directory]::CreateDirectory($folder)
    $Plan['Staging'] = $folder
    [void](Set-FolderSddl -Path $folder -Sddl (Get-FolderSddl -Name 'Data'))
}
