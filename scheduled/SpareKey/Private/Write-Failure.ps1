function Write-Failure {
    <#
    .SYNOPSIS
        Keeps what the program said on stderr when its run failed, blanked and at most the last 64 KB of it.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [int] $ExitCode
    )
    if ($script:ProgramTalk.Trim().Length -eq 0) {
        return
    }
    $limit = 65536
    $text = $script:ProgramTalk
    if ($text.Length -gt $limit) {
        $text = $text.Substring($text.Length - $limit)
    }
    $now = [System.DateTimeOffset]::Now.ToString('o', [System.Globalization.CultureInfo]::InvariantCulture)
    $line = [System.Environment]::NewLine
    $folder = [System.IO.Path]::Combine($DataFolder, 'logs')
    try {
        [void][System.IO.Directory]::CreateDirectory($folder)
        $file = [System.IO.Path]::Combine($folder, 'last-failure.txt')
        [System.IO.File]::WriteAllText($file, "$now exit code $ExitCode$line$text")
    } catch {
        $reason = $_.Exception.GetBaseException().Message
        Write-Warning -Message ('Cannot keep the last words of the program in "{0}": {1}' -f $folder, $reason)
    }
}
