function Send-Failure {
    <#
    .SYNOPSIS
        Has the program tell of a run that failed outside it: nothing collected, ended at its time limit, no answer.
    .DESCRIPTION
        The program remembers it for its status, and mails it where the settings still say how. Never fails a run: what
        keeps it from being told is a warning, and Windows' event log has told it before.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Result,
        # As Read-Setting gives them; null where the run did not come so far, or they could not be read.
        [AllowNull()] [System.Collections.IDictionary] $Settings,
        [Parameter(Mandatory = $true)] [string] $SettingsFile,
        # Of the snapshot, as far as there is one.
        [AllowNull()] [AllowEmptyCollection()] [object[]] $Volume,
        [Parameter(Mandatory = $true)] [string] $DenoPath,
        [Parameter(Mandatory = $true)] [string] $ProgramPath,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    $talk = $script:ProgramTalk
    $script:ProgramTalk = ''
    try {
        if ($null -eq $Settings) {
            try {
                $Settings = Read-Setting -SettingsFile $SettingsFile
                Add-LastGoodSetting -Settings $Settings -DataFolder $DataFolder
            } catch {
                # They may be what the run failed by: then policy and those of the last run say who gets mails.
                $Settings = [ordered]@{ policy = $null; file = $null }
                Add-LastGoodSetting -Settings $Settings -DataFolder $DataFolder -Unread
                try {
                    $Settings['policy'] = Read-Policy
                } catch {
                    Write-Warning -Message ('Cannot read the policy: {0}' -f $_.Exception.GetBaseException().Message)
                }
            }
        }
        $place = @{ DenoPath = $DenoPath; ProgramPath = $ProgramPath; DataFolder = $DataFolder }
        try {
            $permission = @{ PermissionFile = (Get-PermissionFile -Settings $Settings -Volume @($Volume) @place)['File'] }
        } catch {
            # Without it there is no way to the mail server; the run is remembered all the same.
            $permission = @{ Permission = Get-DataPermission -DataFolder $DataFolder }
            Write-Warning -Message ('Cannot tell of the failed run by mail: {0}' -f $_.Exception.GetBaseException().Message)
        }
        $secrets = Read-Secret -DataFolder $DataFolder -Problems ([System.Collections.Generic.List[string]]::new())
        Write-JsonDocument -Tree ([ordered]@{
                schema   = 1
                settings = $Settings
                secrets  = [ordered]@{ smtpPassword = $secrets['smtpPassword'] }
                host     = $Result['Host']
                takenAt  = $Result['TakenAt']
                failure  = [ordered]@{ exit = $Result['ExitCode']; message = $Result['Error']; hint = $Result['Hint'] }
            })
        $arguments = (Get-ProgramArgument -ProgramPath $ProgramPath @permission) + @('tell-failure', '--data', (Get-StateFolder -DataFolder $DataFolder), '--json')
        $start = New-ProgramStart -DenoPath $DenoPath -Argument $arguments -DataFolder $DataFolder
        # A mail may take a minute by default, and the addresses are served side by side.
        $code = Invoke-Program -Start $start -TimeLimitSeconds 120
        if ($code -ne 0) {
            Write-Warning -Message ('Cannot tell of the failed run: "tell-failure" ended with code {0}' -f $code)
        } elseif ($script:ProgramTalk.Trim().Length -gt 0) {
            Write-Warning -Message 'The failed run could not be told by mail: logs\last-failure.txt in the data folder says why'
        }
    } catch {
        Write-Warning -Message ('Cannot tell of the failed run: {0}' -f $_.Exception.GetBaseException().Message)
    } finally {
        # The last words are those of the run.
        $script:ProgramTalk = ($talk + $script:ProgramTalk)
    }
}
