function New-ProgramStart {
    <#
    .SYNOPSIS
        Describes the start of Deno: nothing inherited but what it needs to run.
    #>
    [CmdletBinding()]
    [OutputType([System.Diagnostics.ProcessStartInfo])]
    param(
        [Parameter(Mandatory = $true)] [string] $DenoPath,
        [Parameter(Mandatory = $true)] [string[]] $Argument,
        [Parameter(Mandatory = $true)] [string] $DataFolder
    )
    $temporary = [System.IO.Path]::Combine($DataFolder, 'temp')
    [void][System.IO.Directory]::CreateDirectory($temporary)
    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo
    $start.FileName = $DenoPath
    $start.Arguments = ConvertTo-CommandLine -Argument $Argument
    $start.WorkingDirectory = $DataFolder
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.StandardErrorEncoding = [System.Text.Encoding]::UTF8
    # Deno obeys dozens of variables (DENO_CERT, HTTPS_PROXY, NODE_OPTIONS, ...): none of the machine's reaches it.
    $environment = $start.EnvironmentVariables
    $environment.Clear()
    if (Test-Windows) {
        # Sockets and the random generator of Windows are found by it.
        $environment['SystemRoot'] = $env:SystemRoot
        $environment['TEMP'] = $temporary
        $environment['TMP'] = $temporary
    } else {
        $environment['TMPDIR'] = $temporary
    }
    $environment['DENO_DIR'] = [System.IO.Path]::Combine($DataFolder, 'deno')
    $environment['DENO_TLS_CA_STORE'] = 'mozilla,system'
    # Where no Node is installed, Deno would put a copy of itself (97 MB) into DENO_DIR at each start.
    $environment['DENO_DISABLE_NODE_SHIM'] = '1'
    $environment['DENO_NO_UPDATE_CHECK'] = '1'
    $environment['NO_COLOR'] = '1'
    return $start
}
