function New-SettingTree {
    <#
    .SYNOPSIS
        Makes settings from the few values that an unattended installation is given.
    .DESCRIPTION
        The destinations get the names that policy uses, so that a policy set later replaces them. What is wrong with a
        value the program says.
    .OUTPUTS
        A tree, or null when nothing was given. Empty texts count as not given: an installer passes all its properties.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable] $Value)
    $destinations = [System.Collections.Generic.List[object]]::new()
    $to = @(Split-List -Text $Value['MailTo'])
    if ($to.Count -gt 0) {
        $destinations.Add([ordered]@{ name = 'mail'; kind = 'mail'; to = $to })
    }
    if (-not [string]::IsNullOrEmpty($Value['SharePath'])) {
        $destinations.Add([ordered]@{ name = 'share'; kind = 'share'; path = $Value['SharePath'] })
    }
    if (-not [string]::IsNullOrEmpty($Value['OneDriveUser'])) {
        $user = ConvertTo-UserSid -Name $Value['OneDriveUser']
        $destinations.Add([ordered]@{ name = 'onedrive'; kind = 'onedrive'; user = $user })
    }
    $smtp = [ordered]@{}
    foreach ($name in 'Host', 'Port', 'User', 'From') {
        $given = $Value["Smtp$name"]
        if (-not [string]::IsNullOrEmpty([string]$given) -and ($given -ne 0)) {
            $smtp[$name.ToLowerInvariant()] = $given
        }
    }
    $tree = [ordered]@{}
    if ($destinations.Count -gt 0) {
        $tree['destinations'] = $destinations
    }
    if ($smtp.Count -gt 0) {
        $tree['smtp'] = $smtp
    }
    $recipients = @(Split-List -Text $Value['Recipients'])
    if ($recipients.Count -gt 0) {
        $tree['recipients'] = $recipients
    }
    if ($tree.Count -eq 0) {
        return $null
    }
    return $tree
}
