function Test-SameFile {
    <#
    .SYNOPSIS
        Tells whether a file of a user's OneDrive is there and right: by its hash, or by its size where OneDrive has
        uploaded and freed it.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        # The user's folder, below which links are not followed.
        [Parameter(Mandatory = $true)] [string] $Below,
        [Parameter(Mandatory = $true)] [long] $Size,
        [Parameter(Mandatory = $true)] [string] $Sha256
    )
    try {
        $file = [System.IO.FileInfo]::new((ConvertTo-LongPath -Path $Path))
        if (-not $file.Exists -or ($file.Length -ne $Size) -or ($null -ne (Find-Link -Path $Path -Below $Below))) {
            return $false
        }
        if (Test-CloudFile -File $file) {
            return $true
        }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        return (Get-ContentHash -Path $file.FullName -Clock $clock -LimitMilliseconds ([long]::MaxValue)) -eq $Sha256
    } catch {
        # Being written just now.
        return $false
    }
}
