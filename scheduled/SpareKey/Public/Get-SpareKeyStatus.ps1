function Get-SpareKeyStatus {
    <#
    .SYNOPSIS
        Shows what Spare Key knows now: volumes, Key IDs, where copies lie and when they were last seen there.
    .DESCRIPTION
        Reads the ledger of the nightly run. Nothing is collected, written or sent, and no digits are shown.
    .PARAMETER DataFolder
        Where ledger, archive, logs and secrets lie.
    .PARAMETER DenoPath
        The Deno program. By default deno.exe beside the module's folder.
    .PARAMETER ProgramPath
        The bundled program. By default main.js beside the module's folder.
    .EXAMPLE
        (Get-SpareKeyStatus).Destinations

        Lists the places that hold copies.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Status: Host, Volumes, Destinations.
    #>
    [CmdletBinding()]
    [OutputType('SpareKey.Status')]
    param(
        [string] $DataFolder = (Get-DefaultPath -Name 'DataFolder'),
        [string] $DenoPath = (Get-DefaultPath -Name 'DenoPath'),
        [string] $ProgramPath = (Get-DefaultPath -Name 'ProgramPath')
    )
    try {
        Assert-DataFolder -DataFolder $DataFolder
        $place = @{ DenoPath = $DenoPath; ProgramPath = $ProgramPath; DataFolder = $DataFolder }
        [void](Invoke-Task -Task @('status', '--data', $DataFolder, '--json') -Permission (Get-DataPermission -DataFolder $DataFolder) @place)
        $script:Answer.Remove('schema')
        $result = ConvertTo-ResultObject -Value $script:Answer
        $result.PSObject.TypeNames.Insert(0, 'SpareKey.Status')
        $result
    } finally {
        Clear-Secret
    }
}
