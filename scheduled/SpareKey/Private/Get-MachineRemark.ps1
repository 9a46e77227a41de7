function Get-MachineRemark {
    <#
    .SYNOPSIS
        Tells what on this PC keeps Spare Key from seeing keys now. None of it keeps it from being installed: the nightly
        run says so, too, until it is over.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()
    $errors = [System.Collections.Generic.List[object]]::new()
    $query = @{ Namespace = 'root/CIMV2/Security/MicrosoftVolumeEncryption'; ClassName = 'Win32_EncryptableVolume'; Errors = $errors }
    $found = @(Get-CimRow @query)
    if ($errors.Count -gt 0) {
        'Windows does not answer questions about BitLocker now ({0}): {1}' -f $errors[0]['code'], $errors[0]['message']
    } elseif ($found.Count -eq 0) {
        'Windows knows no drive that it could encrypt'
    }
    Test-ScriptPolicy
}
