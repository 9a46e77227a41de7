function Uninstall-SpareKey {
    <#
    .SYNOPSIS
        Removes Spare Key from this PC. Ledger and archive stay unless they are named.
    .DESCRIPTION
        Ends a run that is under way and removes the scheduled tasks, the source of the event log (its entries stay), the
        registry key and the program folder. What is gone already is passed over, so a removal that was cut off can be
        run again. Reports at shares, in OneDrive folders and in mails stay, and so does a policy.

        Of the data folder ledger, archive, the key of the archive, settings and own templates stay: an old image may need
        an old key. What is left in the pick-up folders, where a plain report may lie, and other secrets are always removed.
    .PARAMETER InstallFolder
        Where the program lies; by default as the registry says.
    .PARAMETER DataFolder
        Where ledger, archive, settings and secrets lie; by default as the registry says.
    .PARAMETER RemoveData
        Removes the whole data folder, ledger and archive with it.
    .PARAMETER InPlace
        Leaves the program folder and the registry key to the MSI or deployment tool that calls this.
    .PARAMETER StopOnly
        Only disables the tasks and ends their runs, so that files can be replaced. Install-SpareKey enables them again.
    .EXAMPLE
        Uninstall-SpareKey

        Removes the program and keeps ledger and archive.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Setup: ExitCode (0 done, 2 refused, 3 done in part), Version, Changes, Remarks, Error, Hint.
    #>
    [CmdletBinding(SupportsShouldProcess = $true)]
    [OutputType('SpareKey.Setup')]
    param(
        [string] $InstallFolder,
        [string] $DataFolder,
        [switch] $RemoveData,
        [switch] $InPlace,
        [switch] $StopOnly
    )
    $product = 'SOFTWARE\Spare Key'
    $result = [ordered]@{
        PSTypeName = 'SpareKey.Setup'
        ExitCode   = 1
        Version    = [string]$MyInvocation.MyCommand.Module.Version
        Changes    = @()
        Remarks    = @()
        Error      = $null
        Hint       = $null
    }
    $done = [System.Collections.Generic.List[string]]::new()
    $troubles = [System.Collections.Generic.List[string]]::new()
    try {
        Assert-Machine
        if ([string]::IsNullOrEmpty($InstallFolder)) {
            $InstallFolder = Read-RegistryText -Path $product -Name 'InstallFolder'
        }
        if ([string]::IsNullOrEmpty($DataFolder)) {
            $DataFolder = Read-RegistryText -Path $product -Name 'DataFolder'
        }
        $plan = New-InstallationPlan -InstallFolder $InstallFolder -DataFolder $DataFolder
        $parts = @('task', 'data', 'event log', 'program', 'registry')
        if ($InPlace) {
            $parts = @('task', 'data', 'event log')
        }
        if ($StopOnly) {
            $parts = @()
            if ($PSCmdlet.ShouldProcess($plan['InstallFolder'], 'Disable the tasks of Spare Key and end their runs')) {
                Stop-Installation -DataFolder $plan['DataFolder']
                $done.Add('the tasks were disabled and their runs were ended')
            }
        } elseif (-not $PSCmdlet.ShouldProcess($plan['InstallFolder'], 'Remove Spare Key')) {
            $parts = @()
        }
        $result['ExitCode'] = 0
        foreach ($part in $parts) {
            if (($part -eq 'registry') -and ($troubles.Count -gt 0)) {
                # It tells the next attempt where the rest lies.
                continue
            }
            try {
                foreach ($text in @(Remove-Installation -Plan $plan -Part $part -RemoveData:$RemoveData)) {
                    $done.Add($text)
                }
            } catch {
                # The rest is to go all the same.
                $troubles.Add($_.Exception.Message)
            }
        }
        $kept = $plan['DataFolder']
        if (($parts.Count -gt 0) -and [System.IO.Directory]::Exists($kept)) {
            $result['Remarks'] = @('Ledger, archive and settings stay in "{0}"' -f $kept)
        }
        if ($troubles.Count -gt 0) {
            $result['ExitCode'] = 3
            $result['Error'] = [string]::Join('; ', $troubles)
            $result['Hint'] = 'run it again; what is gone already is passed over'
        }
    } catch {
        $result['Error'] = $_.Exception.Message
        if ($_.Exception.Data.Contains('SpareKeyExitCode')) {
            $result['ExitCode'] = $_.Exception.Data['SpareKeyExitCode']
            $result['Hint'] = $_.Exception.Data['SpareKeyHint']
        }
    }
    $result['Changes'] = $done.ToArray()
    return [PSCustomObject]$result
}
