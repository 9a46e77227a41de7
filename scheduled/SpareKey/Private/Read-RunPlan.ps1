function Read-RunPlan {
    <#
    .SYNOPSIS
        Reads the plan out of a file of permissions: where this module is to look and to carry.
    .OUTPUTS
        A dictionary with carried, folders (lists) and mail; null when there is none.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param([Parameter(Mandatory = $true)] [string] $Path)
    $read = Read-JsonFile -Path $Path
    if (($null -eq $read) -or ($read['plan'] -isnot [System.Collections.IDictionary])) {
        return $null
    }
    $plan = [ordered]@{ carried = @(); folders = @(); mail = $read['plan']['mail'] }
    foreach ($name in 'carried', 'folders') {
        if ($null -ne $read['plan'][$name]) {
            $plan[$name] = @($read['plan'][$name])
        }
    }
    return $plan
}
