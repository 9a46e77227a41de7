function Read-StandardSecret {
    <#
    .SYNOPSIS
        Reads a secret from standard input into the module's secrets: UTF-8, or what a byte order mark says.
    #>
    [CmdletBinding()]
    param()
    $encoding = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
    $reader = New-Object -TypeName System.IO.StreamReader -ArgumentList ([System.Console]::OpenStandardInput()), $encoding, $true
    try {
        # The line end that echo and the like put behind it is none of the secret.
        $script:Secrets['new'] = $reader.ReadToEnd().TrimEnd([char]13, [char]10)
    } finally {
        $reader.Dispose()
    }
    if ($script:Secrets['new'].Length -eq 0) {
        $problem = @{ ExitCode = 2; Message = 'Cannot store the secret: nothing came on standard input' }
        throw (New-SpareKeyException @problem -Hint 'start PowerShell with -InputFormat None, or it reads the input itself')
    }
}
