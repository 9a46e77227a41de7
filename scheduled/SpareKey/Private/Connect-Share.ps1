function Connect-Share {
    <#
    .SYNOPSIS
        Connects to the server of a share with the stored credential, where there is one. Without, Windows uses the
        account of this PC by itself.
    .DESCRIPTION
        The secret is the user name and, in the next line, the password. It goes from the module's secrets into a
        secure string character by character: nothing else sees it.
    .OUTPUTS
        The name of a drive for Disconnect-Share, or null.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Destination,
        [Parameter(Mandatory = $true)] [string] $Root
    )
    $secret = 'share-' + $Destination
    if (-not $script:Secrets.ContainsKey($secret)) {
        return $null
    }
    $length = $script:Secrets[$secret].Length
    $end = $script:Secrets[$secret].IndexOf([char]10)
    if ($end -lt 1) {
        $message = 'the stored credential is no user name with a password in the next line'
        throw (New-SpareKeyException -ExitCode 3 -Message $message -Hint 'store it again')
    }
    $password = [System.Security.SecureString]::new()
    for ($at = $end + 1; $at -lt $length; $at++) {
        $password.AppendChar($script:Secrets[$secret][$at])
    }
    $credential = [System.Management.Automation.PSCredential]::new($script:Secrets[$secret].Substring(0, $end).Trim(), $password)
    # Server and share alone: rights may begin further below.
    $share = [regex]::Match($Root, '^\\\\[^\\]+\\[^\\]+').Value
    if ($share.Length -eq 0) {
        $share = $Root
    }
    # No letter, so no other program sees it; only this logon session has the connection.
    $drive = 'SpareKey' + [System.Guid]::NewGuid().ToString('N')
    $null = New-PSDrive -Name $drive -PSProvider FileSystem -Root $share -Credential $credential -Scope Global
    return $drive
}
