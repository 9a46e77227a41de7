function Set-SpareKeySecret {
    <#
    .SYNOPSIS
        Stores a secret of Spare Key on this PC: the password of the mail server, the key of the archive, or the account
        for a share.
    .DESCRIPTION
        The secret is asked for, or read from standard input, never taken from a command line. It is encrypted by Windows
        (DPAPI, for the machine) and lies in the folder "secrets" of the data folder, which is closed to users. Before it
        takes the place of an earlier one, it is opened again to prove that it can be.

        A new key of the archive keeps the earlier ones below it, so that what they sealed still opens.
    .PARAMETER Name
        smtpPassword, archiveKey or share.
    .PARAMETER Destination
        The name that the share has in the settings. For secrets of shares only.
    .PARAMETER Credential
        User name and password for the share, instead of being asked for them.
    .PARAMETER StandardInput
        Reads the secret from standard input, for tools that deploy it; for a share the user name in the first line and
        the password in the second. PowerShell must be started with -InputFormat None, or it reads the input itself.
    .PARAMETER NewArchiveKey
        Makes a new key for the archive and stores it. It is shown nowhere.
    .PARAMETER DataFolder
        Where ledger, archive, logs and secrets lie.
    .PARAMETER DenoPath
        The Deno program. By default deno.exe beside the module's folder.
    .PARAMETER ProgramPath
        The bundled program. By default main.js beside the module's folder.
    .EXAMPLE
        Set-SpareKeySecret -Name smtpPassword

        Asks for the password of the mail server and stores it.
    .EXAMPLE
        Set-SpareKeySecret -Name share -Destination office -Credential (Get-Credential)

        Stores the account with which reports are carried to the destination "office".
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        None.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Ask')]
    [OutputType([void])]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Ask')]
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'StandardInput')]
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Credential')]
        [ValidateSet('smtpPassword', 'archiveKey', 'share')] [string] $Name,
        [Parameter(ParameterSetName = 'Ask')]
        [Parameter(ParameterSetName = 'StandardInput')]
        [Parameter(ParameterSetName = 'Credential')]
        [string] $Destination = '',
        [Parameter(Mandatory = $true, ParameterSetName = 'Credential')]
        [System.Management.Automation.PSCredential] $Credential,
        [Parameter(Mandatory = $true, ParameterSetName = 'StandardInput')] [switch] $StandardInput,
        [Parameter(Mandatory = $true, ParameterSetName = 'NewArchiveKey')] [switch] $NewArchiveKey,
        [string] $DataFolder = (Get-DefaultPath -Name 'DataFolder'),
        [string] $DenoPath = (Get-DefaultPath -Name 'DenoPath'),
        [string] $ProgramPath = (Get-DefaultPath -Name 'ProgramPath')
    )
    try {
        Assert-DataFolder -DataFolder $DataFolder
        if ($NewArchiveKey) {
            $Name = 'archiveKey'
        }
        $file = Get-SecretFile -Name $Name -Destination $Destination -DataFolder $DataFolder
        if ($NewArchiveKey) {
            Read-NewArchiveKey -DenoPath $DenoPath -ProgramPath $ProgramPath -DataFolder $DataFolder
        } elseif ($StandardInput) {
            Read-StandardSecret
        } elseif ($null -ne $Credential) {
            if ($Name -ne 'share') {
                $message = 'Cannot store the secret "{0}" from a credential: only a share has a user name' -f $Name
                throw (New-SpareKeyException -ExitCode 2 -Message $message -Hint 'leave -Credential out, and type the secret')
            }
            Read-SecureText -User $Credential.UserName -Text $Credential.Password
        } elseif ($Name -eq 'share') {
            $user = Read-Host -Prompt 'User name'
            Read-SecureText -User $user -Text (Read-Host -Prompt 'Password' -AsSecureString)
        } else {
            Read-SecureText -Text (Read-Host -Prompt $Name -AsSecureString)
        }
        Assert-SecretForm -Name $Name
        if ($Name -eq 'archiveKey') {
            Join-ArchiveKey -Path $file
        }
        Save-Secret -Path $file
    } finally {
        Clear-Secret
    }
}
