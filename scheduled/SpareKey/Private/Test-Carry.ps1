function Test-Carry {
    <#
    .SYNOPSIS
        Tells whether the program's answer asks for anything to be carried.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        # Anything but status.json, which alone needs no second start.
        [switch] $Report
    )
    if (-not $script:Answer.Contains('carry') -or ($null -eq $script:Answer['carry'])) {
        return $false
    }
    foreach ($item in $script:Answer['carry']) {
        if (-not $Report -or -not $item['replace']) {
            return $true
        }
    }
    return $false
}
