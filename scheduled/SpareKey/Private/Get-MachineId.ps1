function Get-MachineId {
    <#
    .SYNOPSIS
        Gives the ID that stays with a PC: its SMBIOS UUID, or Windows' MachineGuid where the maker left a placeholder.
    .OUTPUTS
        A GUID in lower case, or null when neither can be read.
    #>
    [CmdletBinding()]
    param([AllowNull()] [object] $Uuid)
    $text = ([string]$Uuid).Trim().ToLowerInvariant()
    # Left by board makers, the same on many PCs.
    $placeholders = @('03000200-0400-0500-0006-000700080009', 'fefefefe-fefe-fefe-fefe-fefefefefefe')
    $isFiller = $text -match '^[0-]*$' -or $text -match '^[f-]*$'
    if (-not $isFiller -and ($placeholders -notcontains $text)) {
        return $text
    }
    $guid = Read-RegistryText -Path 'SOFTWARE\Microsoft\Cryptography' -Name 'MachineGuid'
    if ($null -eq $guid) {
        return $null
    }
    return $guid.Trim().ToLowerInvariant()
}
