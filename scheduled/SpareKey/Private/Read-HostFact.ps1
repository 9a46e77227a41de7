function Read-HostFact {
    <#
    .SYNOPSIS
        Reads what identifies the PC and its Windows.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [System.Collections.Generic.List[object]] $Errors)
    $system = Get-CimRow -ClassName 'Win32_ComputerSystem' -First -Errors $Errors
    $product = Get-CimRow -ClassName 'Win32_ComputerSystemProduct' -First -Errors $Errors
    $bios = Get-CimRow -ClassName 'Win32_BIOS' -First -Errors $Errors
    $os = Get-CimRow -ClassName 'Win32_OperatingSystem' -First -Errors $Errors
    $name = Get-MemberValue -InputObject $system -Name 'Name'
    if ($null -eq $name) {
        $name = [System.Environment]::MachineName
    }
    # Outside a domain, Domain holds the name of the workgroup.
    $domain = $null
    $partOfDomain = Get-MemberValue -InputObject $system -Name 'PartOfDomain'
    if ($partOfDomain -eq $true) {
        $domain = Get-MemberValue -InputObject $system -Name 'Domain'
    }
    return [ordered]@{
        name      = $name
        domain    = $domain
        join      = Read-JoinType -PartOfDomain $partOfDomain
        machineId = Get-MachineId -Uuid (Get-MemberValue -InputObject $product -Name 'UUID')
        serial    = Get-MemberValue -InputObject $bios -Name 'SerialNumber'
        model     = Get-MemberValue -InputObject $system -Name 'Model'
        os        = [ordered]@{
            caption = Get-MemberValue -InputObject $os -Name 'Caption'
            version = Get-MemberValue -InputObject $os -Name 'Version'
            edition = Read-RegistryText -Path 'SOFTWARE\Microsoft\Windows NT\CurrentVersion' -Name 'EditionID'
        }
    }
}
