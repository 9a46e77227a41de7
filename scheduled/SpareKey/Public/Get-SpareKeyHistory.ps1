function Get-SpareKeyHistory {
    <#
    .SYNOPSIS
        Lists every change that Spare Key has seen on this PC, oldest first.
    .DESCRIPTION
        Reads the ledger of the nightly run. Nothing is collected, written or sent, and no digits are shown.
    .PARAMETER Drive
        Only changes of the volume with this letter, such as C:
    .PARAMETER DataFolder
        Where ledger, archive, logs and secrets lie.
    .PARAMETER DenoPath
        The Deno program. By default deno.exe beside the module's folder.
    .PARAMETER ProgramPath
        The bundled program. By default main.js beside the module's folder.
    .EXAMPLE
        Get-SpareKeyHistory -Drive C: | Where-Object -Property Kind -EQ key-added

        Shows when drive C: got each of its recovery keys.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Event: one object a change, dated.
    #>
    [CmdletBinding()]
    [OutputType('SpareKey.Event')]
    param(
        [string] $Drive = '',
        [string] $DataFolder = (Get-DefaultPath -Name 'DataFolder'),
        [string] $DenoPath = (Get-DefaultPath -Name 'DenoPath'),
        [string] $ProgramPath = (Get-DefaultPath -Name 'ProgramPath')
    )
    try {
        Assert-DataFolder -DataFolder $DataFolder
        $task = @('history', '--data', (Get-StateFolder -DataFolder $DataFolder), '--json')
        if ($Drive.Length -gt 0) {
            $task += @('--drive', $Drive)
        }
        $place = @{ DenoPath = $DenoPath; ProgramPath = $ProgramPath; DataFolder = $DataFolder }
        [void](Invoke-Task -Task $task -Permission (Get-DataPermission -DataFolder $DataFolder) @place)
        foreach ($item in $script:Answer['events']) {
            $result = ConvertTo-ResultObject -Value $item
            $result.PSObject.TypeNames.Insert(0, 'SpareKey.Event')
            $result
        }
    } finally {
        Clear-Secret
    }
}
