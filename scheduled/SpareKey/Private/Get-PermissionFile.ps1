function Get-PermissionFile {
    <#
    .SYNOPSIS
        Gives the Deno config file with what the program may do, made anew when settings or volumes have changed, and
        the plan in it: what the settings want of this module.
    .DESCRIPTION
        The program itself computes it from the settings, in a start that may do nothing but answer. Its name carries
        a hash of all that went in, so a file of that name is right. The plan holds no secrets.
    .OUTPUTS
        A dictionary: File, its path, and Plan, with carried, folders and mail.
    #>
    [CmdletBinding()]
    [OutputType([System.Collections.Specialized.OrderedDictionary])]
    param(
        [Parameter(Mandatory = $true)] [string] $DenoPath,
        [Parameter(Mandatory = $true)] [string] $ProgramPath,
        [Parameter(Mandatory = $true)] [string] $DataFolder,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Settings,
        # Of the snapshot: a destination on a removable volume is named by its label.
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Volume
    )
    $version = [string]$MyInvocation.MyCommand.Module.Version
    $volumes = @(foreach ($one in $Volume) {
            if ($null -eq $one['deviceId']) {
                continue
            }
            $facts = [ordered]@{}
            foreach ($name in 'deviceId', 'drive', 'label', 'persistentVolumeId') {
                $facts[$name] = $one[$name]
            }
            $facts
        })
    Write-JsonDocument -Tree ([ordered]@{ schema = 1; settings = $Settings; dataFolder = (Get-StateFolder -DataFolder $DataFolder); volumes = $volumes })
    $head = [System.Text.Encoding]::UTF8.GetBytes($version + [char]10 + $ProgramPath + [char]10)
    $sha = [System.Security.Cryptography.SHA256]::Create()
    try {
        [void]$sha.TransformBlock($head, 0, $head.Length, $null, 0)
        [void]$sha.TransformFinalBlock($script:Document, 0, $script:Document.Length)
        $hash = [System.BitConverter]::ToString($sha.Hash).Replace('-', '').ToLowerInvariant().Substring(0, 16)
    } finally {
        $sha.Dispose()
    }
    # Beside the state of the program, which is all that the program itself may write.
    $folder = [System.IO.Path]::Combine($DataFolder, 'permissions')
    $file = [System.IO.Path]::Combine($folder, "permissions-$hash.json")
    $made = [ordered]@{ File = $file; Plan = $null }
    if ([System.IO.File]::Exists($file)) {
        $made['Plan'] = Read-RunPlan -Path $file
    }
    if ($null -ne $made['Plan']) {
        return $made
    }
    $arguments = (Get-ProgramArgument -ProgramPath $ProgramPath) + 'permissions'
    $start = New-ProgramStart -DenoPath $DenoPath -Argument $arguments -DataFolder $DataFolder
    $code = Invoke-Program -Start $start -TimeLimitSeconds 60
    if (($code -ne 0) -or -not (Read-Answer) -or -not $script:Answer.Contains('permissions')) {
        $message = 'Cannot compute what the program may do: "permissions" ended with code {0}' -f $code
        throw (New-SpareKeyException -ExitCode 1 -Message $message -Hint 'repair the installation of Spare Key')
    }
    $temporary = [System.IO.Path]::Combine($DataFolder, 'temp', "permissions-$hash-$PID.json")
    [System.IO.File]::WriteAllBytes($temporary, $script:ProgramOutput)
    [void][System.IO.Directory]::CreateDirectory($folder)
    try {
        if ([System.IO.File]::Exists($file)) {
            # It was cut short or belongs to another version.
            [System.IO.File]::Delete($file)
        }
        [System.IO.File]::Move($temporary, $file)
        foreach ($old in [System.IO.Directory]::GetFiles($folder, 'permissions-*.json')) {
            if ($old -ne $file) {
                [System.IO.File]::Delete($old)
            }
        }
    } catch [System.IO.IOException] {
        # Another run made the same file meanwhile, or still reads an old one, which the next change removes.
        if (-not [System.IO.File]::Exists($file)) {
            throw
        }
    }
    $made['Plan'] = Read-RunPlan -Path $file
    if ($null -eq $made['Plan']) {
        $message = 'Cannot read what the settings want: "permissions" gave no plan'
        throw (New-SpareKeyException -ExitCode 1 -Message $message -Hint 'repair the installation of Spare Key')
    }
    return $made
}
