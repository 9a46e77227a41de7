function Disconnect-Share {
    <#
    .SYNOPSIS
        Ends a connection that Connect-Share made. What fails here is not worth a word.
    #>
    [CmdletBinding()]
    param([AllowNull()] [AllowEmptyString()] [string] $Drive)
    if ([string]::IsNullOrEmpty($Drive)) {
        return
    }
    try {
        Remove-PSDrive -Name $Drive -Scope Global -Force
    } catch {
        $null = $_
    }
}
