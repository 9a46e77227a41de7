function Read-WantedTask {
    <#
    .SYNOPSIS
        Asks the program which tasks its settings want: the nightly one, and one for each user with OneDrive.
    .OUTPUTS
        Dictionaries with name and xml.
    #>
    [CmdletBinding()]
    param(
        # Whose program is asked: the release that this runs from, which is trusted already.
        [Parameter(Mandatory = $true)] [string] $ProgramFolder,
        [Parameter(Mandatory = $true)] [string] $InstallFolder,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    $place = Get-ProgramPlace -Folder $ProgramFolder -DataFolder $DataFolder
    $settings = Read-Setting -SettingsFile ([System.IO.Path]::Combine($DataFolder, 'settings.json'))
    Invoke-Question -Task 'permissions' -Tree ([ordered]@{ schema = 1; settings = $settings; dataFolder = (Get-StateFolder -DataFolder $DataFolder) }) @place
    $carried = @()
    if ($script:Answer.Contains('plan')) {
        $carried = @($script:Answer['plan']['carried'])
    }
    # Accounts of this PC, of a domain, of Entra; nobody else has a OneDrive.
    $users = @(foreach ($one in @(Get-CarriedPlace -Carried $carried -DataFolder $DataFolder)) {
            if ([string]$one['Sid'] -match '^S-1-(?:5-21|12-1)(?:-[0-9]+){4}$') {
                $one['Sid']
            }
        })
    $request = [ordered]@{ schema = 1; settings = $settings; installFolder = $InstallFolder; dataFolder = $DataFolder; users = $users }
    Invoke-Question -Task 'schedule' -Tree $request @place
    foreach ($task in $script:Answer['tasks']) {
        $task
    }
}
