function Find-SpareKey {
    <#
    .SYNOPSIS
        Finds recovery keys in stored reports by Key ID, PC name or volume label.
    .DESCRIPTION
        Looks through folders with reports, such as a share with those of many PCs. The blue screen shows the first
        eight characters of the Key ID that it wants; they are enough here.

        The objects hold no digits, so they may be piped and logged. With -Show the digits go to the console, past
        pipeline, transcript and logs.

        Where nothing fits, warnings name the Key IDs that are near, to compare them with the screen.
    .PARAMETER Text
        The Key ID or its first eight characters (blanks, dashes, braces and case do not matter), a PC name or a label.
    .PARAMETER Path
        Folders to look through, with all their folders. A path must not contain a comma.
    .PARAMETER Show
        Writes the digits of what was found to the console.
    .PARAMETER DataFolder
        Where the program keeps its cache.
    .PARAMETER DenoPath
        The Deno program. By default deno.exe beside the module's folder.
    .PARAMETER ProgramPath
        The bundled program. By default main.js beside the module's folder.
    .EXAMPLE
        Find-SpareKey -Text 58E9DFAD -Path D:\Keys -Show

        Shows the 48 digits that belong to the Key ID on the blue screen.
    .INPUTS
        None. Nothing is taken from the pipeline.
    .OUTPUTS
        SpareKey.Match: KeyId, ComputerName, Drive, TakenAt, Path, Sealed, Current. Nothing when nothing was found.
    #>
    [CmdletBinding()]
    [OutputType('SpareKey.Match')]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [string] $Text,
        [Parameter(Mandatory = $true, Position = 1)] [string[]] $Path,
        [switch] $Show,
        [string] $DataFolder = (Get-DefaultPath -Name 'DataFolder'),
        [string] $DenoPath = (Get-DefaultPath -Name 'DenoPath'),
        [string] $ProgramPath = (Get-DefaultPath -Name 'ProgramPath')
    )
    try {
        Assert-DataFolder -DataFolder $DataFolder
        $folders = @(foreach ($item in $Path) { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($item) })
        Assert-PermissionPath -Path $folders
        $task = @('find')
        foreach ($folder in $folders) {
            $task += @('--in', $folder)
        }
        # After the two dashes a text is a text, even one that begins with a dash.
        $task += @('--json', '--', $Text)
        $place = @{ DenoPath = $DenoPath; ProgramPath = $ProgramPath; DataFolder = $DataFolder }
        $permission = '--allow-read=' + [string]::Join(',', $folders)
        # 3: something could not be read; 4: looked, and found none.
        [void](Invoke-Task -Task $task -Permission $permission -AlsoGood 3, 4 @place)
        if ($script:Answer.Contains('troubles')) {
            foreach ($trouble in $script:Answer['troubles']) {
                Write-Warning -Message $trouble
            }
        }
        if ($script:Answer.Contains('nearMisses')) {
            $shown = [System.Collections.Generic.HashSet[string]]::new()
            foreach ($near in $script:Answer['nearMisses']) {
                # The nearest first; a key may lie in several files.
                if ($shown.Add($near['keyId'])) {
                    Write-Warning -Message ('No key fits, but {0} is near it ({1}): {2}' -f $near['keyId'], $near['difference'], $near['path'])
                }
            }
        }
        foreach ($match in $script:Answer['matches']) {
            [PSCustomObject]@{
                PSTypeName   = 'SpareKey.Match'
                KeyId        = $match['keyId']
                ComputerName = $match['host']
                Drive        = $match['drive']
                TakenAt      = $match['takenAt']
                Path         = $match['path']
                Sealed       = $match['sealed']
                Current      = $match['current']
            }
            if ($Show -and ($null -ne $match['recoveryPassword'])) {
                [System.Console]::Out.WriteLine($match['keyId'] + '  ' + $match['recoveryPassword'])
            }
        }
    } finally {
        Clear-Secret
    }
}
