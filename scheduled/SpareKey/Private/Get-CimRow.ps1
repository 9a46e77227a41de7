function Get-CimRow {
    <#
    .SYNOPSIS
        Reads the instances of a class; a failure becomes an entry in Errors.
    .OUTPUTS
        The instances one by one. Failed and empty look the same here; Errors tells them apart.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $ClassName,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [System.Collections.Generic.List[object]] $Errors,
        [string] $Namespace = 'root/cimv2',
        [switch] $First
    )
    # A WMI service that hangs must not hold the night: two minutes are far beyond the slowest PC seen.
    $query = @{ Namespace = $Namespace; ClassName = $ClassName; OperationTimeoutSec = 120; ErrorAction = 'Stop' }
    try {
        $rows = @(Get-CimInstance @query)
    } catch {
        $failure = @{ Call = $ClassName; Code = Get-ErrorCode -Exception $_.Exception; Message = $_.Exception.Message }
        $Errors.Add((New-ReadError @failure))
        return
    }
    foreach ($row in $rows) {
        if ($null -ne $row) {
            $row
            if ($First) {
                return
            }
        }
    }
}
