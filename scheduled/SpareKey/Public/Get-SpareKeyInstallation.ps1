function Get-SpareKeyInstallation {
    <#
    .SYNOPSIS
        Shows what of Spare Key is on this PC: version, places, settings, archive key, tasks.
    .DESCRIPTION
        Reads registry, folders and Task Scheduler. Nothing is judged or changed; Test-SpareKeyInstallation judges.
    .PARAMETER DataFolder
        Where ledger, archive, settings and secrets lie; by default as the registry says.
    .EXAMPLE
        (Get-SpareKeyInstallation).Tasks

        Lists the scheduled tasks with their state.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Installation: Version, InstallFolder, DataFolder, Program, Settings, ArchiveKey, Ledger, Tasks.
    #>
    [CmdletBinding()]
    [OutputType('SpareKey.Installation')]
    param([string] $DataFolder)
    $product = 'SOFTWARE\Spare Key'
    if ([string]::IsNullOrEmpty($DataFolder)) {
        $DataFolder = Read-RegistryText -Path $product -Name 'DataFolder'
    }
    if ([string]::IsNullOrEmpty($DataFolder)) {
        $DataFolder = Get-DefaultPath -Name 'DataFolder'
    }
    $installFolder = Read-RegistryText -Path $product -Name 'InstallFolder'
    $hasProgram = (-not [string]::IsNullOrEmpty($installFolder)) -and [System.IO.File]::Exists([System.IO.Path]::Combine($installFolder, 'main.js'))
    $hasKey = [System.IO.File]::Exists([System.IO.Path]::Combine($DataFolder, 'secrets', 'archiveKey.bin'))
    $tasks = @(foreach ($name in @(Get-KnownTask -DataFolder $DataFolder)) {
            [PSCustomObject]@{ Name = $name; State = Get-TaskState -Name $name }
        })
    return [PSCustomObject]@{
        PSTypeName    = 'SpareKey.Installation'
        Version       = Read-RegistryText -Path $product -Name 'Version'
        InstallFolder = $installFolder
        DataFolder    = $DataFolder
        Program       = $hasProgram
        Settings      = [System.IO.File]::Exists([System.IO.Path]::Combine($DataFolder, 'settings.json'))
        ArchiveKey    = $hasKey
        Ledger        = Read-LedgerVersion -Path ([System.IO.Path]::Combine((Get-StateFolder -DataFolder $DataFolder), 'ledger.db'))
        Tasks         = $tasks
    }
}
