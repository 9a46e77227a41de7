function Remove-Installation {
    <#
    .SYNOPSIS
        Takes one part of an installation away. What is gone already is passed over.
    .OUTPUTS
        What was done, as texts.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [hashtable] $Plan,
        [Parameter(Mandatory = $true)] [ValidateSet('task', 'data', 'event log', 'registry', 'program')] [string] $Part,
        [switch] $RemoveData
    )
    $data = $Plan['DataFolder']
    if ($Part -eq 'task') {
        foreach ($name in @(Get-KnownTask -DataFolder $data)) {
            if ($null -ne (Read-RegisteredTask -Name $name)) {
                Remove-Task -DataFolder $data -Name $name
                'the task "{0}" was removed' -f $name
            }
        }
        Remove-TaskFolder
    } elseif ($Part -eq 'data') {
        $kind = Get-PathKind -Path $data
        if (($kind -eq 'link') -or ($kind -eq 'file')) {
            throw (New-SpareKeyException -ExitCode 3 -Message ('"{0}" is a {1} and was left alone' -f $data, $kind) -Hint 'look where it comes from')
        }
        if ($kind -eq 'folder') {
            # Whatever somebody typed: only a folder that is Spare Key's is emptied.
            $ledger = [System.IO.Path]::Combine((Get-StateFolder -DataFolder $data), 'ledger.db')
            if (-not [System.IO.File]::Exists($ledger) -and ((Get-PathKind -Path ([System.IO.Path]::Combine($data, 'secrets'))) -ne 'folder')) {
                $message = '"{0}" does not hold data of Spare Key and was left alone' -f $data
                throw (New-SpareKeyException -ExitCode 3 -Message $message -Hint 'remove it by hand')
            }
            Remove-DataFolder -DataFolder $data -All:$RemoveData
        }
    } elseif ($Part -eq 'event log') {
        $source = 'SYSTEM\CurrentControlSet\Services\EventLog\Application\Spare Key'
        if ($null -ne (Read-RegistryText -Path $source -Name 'EventMessageFile')) {
            Remove-RegistryKey -Path $source
            'the source of the event log was removed; its entries stay'
        }
    } elseif ($Part -eq 'registry') {
        if ($null -ne (Read-RegistryText -Path 'SOFTWARE\Spare Key' -Name 'Version')) {
            Remove-RegistryKey -Path 'SOFTWARE\Spare Key'
            'the registry key HKLM\SOFTWARE\Spare Key was removed'
        }
    } elseif ((Get-PathKind -Path $Plan['InstallFolder']) -ne 'none') {
        # Whatever the registry says: only a folder that is Spare Key's is removed.
        $mark = [System.IO.Path]::Combine($Plan['InstallFolder'], 'SpareKey', 'SpareKey.psd1')
        if (((Get-PathKind -Path $Plan['InstallFolder']) -ne 'folder') -or -not [System.IO.File]::Exists($mark)) {
            $message = '"{0}" does not hold Spare Key and was left alone' -f $Plan['InstallFolder']
            throw (New-SpareKeyException -ExitCode 3 -Message $message -Hint 'remove it by hand')
        }
        Remove-Folder -Path $Plan['InstallFolder']
        'the program folder "{0}" was removed' -f $Plan['InstallFolder']
    }
}
