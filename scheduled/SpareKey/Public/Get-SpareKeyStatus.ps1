function Get-SpareKeyStatus {
    <#
    .SYNOPSIS
        Shows what Spare Key knows now: volumes, Key IDs, where copies lie and when they were last seen there.
    .DESCRIPTION
        Reads the ledger of the nightly run. Nothing is collected, written or sent, and no digits are shown.

        With -Settings it shows the settings instead: every value, whether policy, file or default says it, and what of
        the policy could not be used and why.
    .PARAMETER Settings
        Shows the settings.
    .PARAMETER DataFolder
        Where ledger, archive, logs and secrets lie.
    .PARAMETER DenoPath
        The Deno program. By default deno.exe beside the module's folder.
    .PARAMETER ProgramPath
        The bundled program. By default main.js beside the module's folder.
    .EXAMPLE
        (Get-SpareKeyStatus).Destinations

        Lists the places that hold copies.
    .EXAMPLE
        (Get-SpareKeyStatus -Settings).Settings | Where-Object -Property Origin -EQ -Value 'policy'

        Lists what Group Policy or Intune set.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Status: Host, Volumes, Destinations. With -Settings, SpareKey.SettingStatus: File, Policy, Settings,
        SetAside.
    #>
    [CmdletBinding()]
    [OutputType('SpareKey.Status', 'SpareKey.SettingStatus')]
    param(
        [switch] $Settings,
        [string] $DataFolder = (Get-DefaultPath -Name 'DataFolder'),
        [string] $DenoPath = (Get-DefaultPath -Name 'DenoPath'),
        [string] $ProgramPath = (Get-DefaultPath -Name 'ProgramPath')
    )
    try {
        Assert-DataFolder -DataFolder $DataFolder
        foreach ($sentence in Test-ScriptPolicy) {
            Write-Warning -Message $sentence
        }
        $place = @{ DenoPath = $DenoPath; ProgramPath = $ProgramPath; DataFolder = $DataFolder }
        $task = @('status', '--data', (Get-StateFolder -DataFolder $DataFolder), '--json')
        $typeName = 'SpareKey.Status'
        if ($Settings) {
            $policy = Read-Policy
            if ($null -ne $policy) {
                Write-JsonDocument -Tree $policy
                $task += @('--policy', '-')
            }
            $task += '--settings'
            $typeName = 'SpareKey.SettingStatus'
        }
        [void](Invoke-Task -Task $task -Permission (Get-DataPermission -DataFolder $DataFolder) @place)
        $script:Answer.Remove('schema')
        $result = ConvertTo-ResultObject -Value $script:Answer
        $result.PSObject.TypeNames.Insert(0, $typeName)
        $result
    } finally {
        Clear-Secret
    }
}
