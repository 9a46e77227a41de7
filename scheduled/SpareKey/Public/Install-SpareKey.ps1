function Install-SpareKey {
    <#
    .SYNOPSIS
        Installs Spare Key, brings an older version up to date, or repairs what drifted from a whole installation.
    .DESCRIPTION
        Looks at program folder, data folder, settings, archive key, registry, event log and scheduled tasks, and puts
        right what differs: run twice, the second time changes nothing. A folder, file or link that somebody else put
        where these are to lie is renamed to "... .refused-TIME" and never used. Ledger, archive, secrets and settings that are
        there stay. Refused, with nothing changed: wrong settings, a ledger of a newer version, a missing right.

        No TPM, no BitLocker module (as on Home editions) and a WMI service that does not run are no obstacles.
    .PARAMETER Source
        The folder of the unpacked release. By default the one that this module lies in.
    .PARAMETER InstallFolder
        Where the program is to lie; by default "Spare Key" in Program Files.
    .PARAMETER DataFolder
        Where ledger, archive, settings and secrets are to lie; by default "Spare Key" in ProgramData.
    .PARAMETER InPlace
        The files are where they belong already, put there by the MSI or another deployment tool.
    .PARAMETER SettingsFile
        A settings file to put there. Settings that are there already stay, unless -Force is given.
    .PARAMETER MailTo
        Mail addresses, for settings without a file. Also as one text with commas.
    .PARAMETER SmtpHost
        The mail server. Its password is no parameter: Set-SpareKeySecret takes it afterwards.
    .PARAMETER SmtpPort
        The port of the mail server; by default 587.
    .PARAMETER SmtpUser
        The user name at the mail server.
    .PARAMETER SmtpFrom
        The sender of the mails.
    .PARAMETER SharePath
        A share for the reports, such as \\server\share. Wants -Recipients.
    .PARAMETER OneDriveUser
        Whose OneDrive gets the reports: a user name, which is turned into its SID, a SID, or "any" (wants -Recipients).
    .PARAMETER Recipients
        Who can open sealed reports (age1...). Also as one text with commas.
    .PARAMETER Force
        Also replaces settings, which stay beside as settings.former.json, and a newer version of the program.
    .EXAMPLE
        Install-SpareKey -SettingsFile D:\rollout\settings.json

        Installs from the unpacked release, with these settings if there are none yet.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Setup: ExitCode (0 done, 2 refused, 3 done in part, 10 settings, 12 ledger), Version, Changes, Remarks,
        Error, Hint.
    #>
    [CmdletBinding(SupportsShouldProcess = $true)]
    [OutputType('SpareKey.Setup')]
    param(
        [string] $Source,
        [string] $InstallFolder,
        [string] $DataFolder,
        [switch] $InPlace,
        [string] $SettingsFile,
        [string[]] $MailTo,
        [string] $SmtpHost,
        [ValidateRange(0, 65535)] [int] $SmtpPort,
        [string] $SmtpUser,
        [string] $SmtpFrom,
        [string] $SharePath,
        [string] $OneDriveUser,
        [string[]] $Recipients,
        [switch] $Force
    )
    $result = [ordered]@{
        PSTypeName = 'SpareKey.Setup'
        ExitCode   = 1
        Version    = [string]$MyInvocation.MyCommand.Module.Version
        Changes    = @()
        Remarks    = @()
        Error      = $null
        Hint       = $null
    }
    $plan = $null
    try {
        Assert-Machine
        $plan = New-InstallationPlan -Source $Source -InstallFolder $InstallFolder -DataFolder $DataFolder -InPlace:$InPlace
        $plan['Force'] = [bool]$Force
        New-StagingFolder -Plan $plan
        foreach ($remark in @(Get-MachineRemark)) {
            $plan['Remarks'].Add($remark)
        }
        Assert-Program -Plan $plan
        $value = @{
            MailTo = $MailTo; SmtpHost = $SmtpHost; SmtpPort = $SmtpPort; SmtpUser = $SmtpUser; SmtpFrom = $SmtpFrom
            SharePath = $SharePath; OneDriveUser = $OneDriveUser; Recipients = $Recipients
        }
        Read-GivenSetting -Plan $plan -SettingsFile $SettingsFile -Value $value
        $plan['Apply'] = $PSCmdlet.ShouldProcess($plan['InstallFolder'], 'Install Spare Key')
        Sync-Installation -Plan $plan
        $result['ExitCode'] = 0
        if ($plan['Troubles'].Count -gt 0) {
            $result['ExitCode'] = 3
            $result['Error'] = [string]::Join('; ', $plan['Troubles'])
        }
    } catch {
        $result['Error'] = $_.Exception.Message
        if ($_.Exception.Data.Contains('SpareKeyExitCode')) {
            $result['ExitCode'] = $_.Exception.Data['SpareKeyExitCode']
            $result['Hint'] = $_.Exception.Data['SpareKeyHint']
        }
    } finally {
        if ($null -ne $plan) {
            $result['Changes'] = @(foreach ($difference in $plan['Differences']) { $difference.Text })
            $result['Remarks'] = @($plan['Remarks'])
            if ($plan['Stopped']) {
                try {
                    Resume-Installation -DataFolder $plan['DataFolder']
                } catch {
                    $result['Remarks'] += 'The scheduled tasks are disabled: ' + $_.Exception.Message
                }
            }
            if ($null -ne $plan['Staging']) {
                try {
                    Remove-Folder -Path $plan['Staging']
                } catch {
                    $result['Remarks'] += $_.Exception.Message
                }
            }
        }
        Clear-Secret
    }
    return [PSCustomObject]$result
}
