function Get-ProgramArgument {
    <#
    .SYNOPSIS
        Gives the arguments that Deno gets before those of the task.
    .DESCRIPTION
        Together they close every way round the permissions: no packages, no remote code, no lock or config file found
        by chance, no question that someone could answer. --quiet silences the notice that permissions in a config
        file are new; errors are still told. The two for V8 compile whole files, so that its cache holds all of them
        and a usual night compiles nothing, and leave room for what such a night makes, without a collection.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [Parameter(Mandatory = $true)] [string] $ProgramPath,
        # A Deno config file whose permission set "default" applies. Without it the program may do nothing.
        [string] $PermissionFile = '',
        [string[]] $Permission = @()
    )
    $arguments = @('run', '--quiet', '--no-prompt', '--no-lock', '--no-npm', '--no-remote', '--cached-only')
    $arguments += '--v8-flags=--no-lazy,--min-semi-space-size=4'
    if ($PermissionFile.Length -gt 0) {
        $arguments += @('--config', $PermissionFile, '-P')
    } else {
        $arguments += '--no-config'
    }
    return $arguments + $Permission + $ProgramPath
}
