function Assert-Program {
    <#
    .SYNOPSIS
        Starts the program that is to be installed and asks for its versions; refuses a ledger that is newer than it, and
        a program that is older than what is installed. Nothing is changed by it.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable] $Plan)
    $place = Get-ProgramPlace -Folder $Plan['Source'] -DataFolder $Plan['Staging']
    try {
        [void](Invoke-Task -Task @('--version', '--json') -Permission (Get-DataPermission -DataFolder $Plan['Staging']) @place)
    } catch {
        $problem = @{ ExitCode = 2; Message = 'Cannot start the program of this release: {0}' -f $_.Exception.Message }
        throw (New-SpareKeyException @problem -Hint 'unpack it again, and take the release for the processor of this PC (x64 or arm64)')
    }
    $supported = $script:Answer['ledger']
    $ledger = [System.IO.Path]::Combine((Get-StateFolder -DataFolder $Plan['DataFolder']), 'ledger.db')
    $found = Read-LedgerVersion -Path $ledger
    if (($null -ne $found) -and ($found -gt $supported)) {
        $problem = @{
            ExitCode = 12
            Message  = 'Cannot install Spare Key {0}: ledger "{1}" is of version {2}, and this program knows {3} at most' -f $Plan['Version'], $ledger, $found, $supported
            Hint     = 'nothing was changed; install the newer version again'
        }
        throw (New-SpareKeyException @problem)
    }
    $installed = Read-RegistryText -Path 'SOFTWARE\Spare Key' -Name 'Version'
    $newer = $null
    if (-not $Plan['Force'] -and [System.Version]::TryParse([string]$installed, [ref]$newer) -and ($newer -gt [System.Version]$Plan['Version'])) {
        $problem = @{ ExitCode = 2; Message = 'Cannot install Spare Key {0}: version {1} is installed' -f $Plan['Version'], $installed }
        throw (New-SpareKeyException @problem -Hint 'nothing was changed; -Force installs the older one all the same')
    }
}
