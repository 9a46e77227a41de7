function Test-SpareKeyInstallation {
    <#
    .SYNOPSIS
        Lists in what the installation on this PC differs from a whole one. Nothing is changed.
    .DESCRIPTION
        Looks at program folder, data folder and their rights, archive key, registry, event log and scheduled tasks; a
        task that was edited or disabled by hand is found, too. Install-SpareKey puts right what is listed.
    .PARAMETER Source
        The folder of the unpacked release to compare with. By default the one that this module lies in.
    .PARAMETER InstallFolder
        Where the program lies; by default "Spare Key" in Program Files.
    .PARAMETER DataFolder
        Where ledger, archive, settings and secrets lie; by default "Spare Key" in ProgramData.
    .EXAMPLE
        Test-SpareKeyInstallation

        Lists what is wrong; nothing when all is well.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Difference: Part, Text.
    #>
    [CmdletBinding()]
    [OutputType('SpareKey.Difference')]
    param(
        [string] $Source,
        [string] $InstallFolder,
        [string] $DataFolder
    )
    try {
        Assert-Machine
        $plan = New-InstallationPlan -Source $Source -InstallFolder $InstallFolder -DataFolder $DataFolder
        Sync-Installation -Plan $plan
        foreach ($trouble in $plan['Troubles']) {
            Add-Difference -Plan $plan -Part 'trouble' -Text $trouble
        }
        return $plan['Differences'].ToArray()
    } finally {
        Clear-Secret
    }
}
