function Sync-ProgramFolder {
    <#
    .SYNOPSIS
        Compares the program folder with the release that this runs from; with Apply it is put there.
    .DESCRIPTION
        The files are copied by content into a new folder beside the old one, which loses the mark that they came from
        the web, and then both change places: there is always a whole program.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable] $Plan)
    $part = 'program'
    $target = $Plan['InstallFolder']
    $count = $Plan['Differences'].Count
    $files = @(Get-ProgramFile -Folder $Plan['Source'])
    $deno = [System.IO.Path]::GetFileName((Get-DefaultPath -Name 'DenoPath'))
    $needed = @($deno, 'main.js', 'Invoke-SpareKey.ps1', [System.IO.Path]::Combine('SpareKey', 'SpareKey.psd1'))
    foreach ($name in $needed) {
        if ($files -notcontains $name) {
            $problem = @{ ExitCode = 3; Message = 'Cannot install from "{0}": "{1}" is missing there' -f $Plan['Source'], $name }
            throw (New-SpareKeyException @problem -Hint 'unpack the whole release, or repair the installation by its MSI')
        }
    }
    $sddl = Get-FolderSddl -Name 'Program'
    if ($Plan['InPlace']) {
        # Whoever put the files there could write there; the folder is closed from now on. Whoever owns one of them can
        # still change it, and it runs as SYSTEM.
        $problems = @()
        $is = Read-FolderSddl -Path $target
        if ($null -ne $is) {
            $problems = @(Get-SddlProblem -Sddl $is -Wanted $sddl)
        }
        foreach ($problem in $problems) {
            Add-Difference -Plan $Plan -Part $part -Text ('rights of "{0}": {1}' -f $target, $problem['Text'])
        }
        if ($problems.Count -gt 0) {
            $foreign = @(Get-ForeignItem -Path $target -Own (Get-OwnSid))
            if ($foreign.Count -gt 0) {
                $problem = @{ ExitCode = 2; Message = 'Cannot install in place: "{0}" is a link, or somebody else owns it or may change it' -f $foreign[0] }
                throw (New-SpareKeyException @problem -Hint 'install without -InPlace, which copies the files to where only administrators can write')
            }
            if ($Plan['Apply']) {
                [void](Set-FolderSddl -Path $target -Sddl $sddl)
            }
        }
        return
    }
    $kind = Get-PathKind -Path $target
    if (($kind -ne 'none') -and ($kind -ne 'folder')) {
        Add-Difference -Plan $Plan -Part $part -Text ('refused: "{0}" is a {1} that somebody put there' -f $target, $kind)
    }
    if ($kind -eq 'folder') {
        foreach ($text in @(Set-ProtectedFolder -Path $target -Sddl $sddl)) {
            Add-Difference -Plan $Plan -Part $part -Text $text
        }
    }
    $there = @(Get-ProgramFile -Folder $target)
    $odd = @(foreach ($name in $files) {
            if (-not (Test-EqualFile -Path ([System.IO.Path]::Combine($Plan['Source'], $name)) -Other ([System.IO.Path]::Combine($target, $name)))) {
                $name
            }
        })
    $odd += @(foreach ($name in $there) {
            if ($files -notcontains $name) {
                $name
            }
        })
    if ($kind -ne 'folder') {
        Add-Difference -Plan $Plan -Part $part -Text ('program folder "{0}" is missing' -f $target)
    } elseif ($odd.Count -gt 0) {
        Add-Difference -Plan $Plan -Part $part -Text ('{0} files of the program differ, such as "{1}"' -f $odd.Count, $odd[0])
    }
    if (-not $Plan['Apply'] -or ($Plan['Differences'].Count -eq $count)) {
        return
    }
    $fresh = [System.IO.Path]::Combine($Plan['Staging'], 'program')
    [void][System.IO.Directory]::CreateDirectory($fresh)
    [void](Set-FolderSddl -Path $fresh -Sddl $sddl)
    foreach ($name in $files) {
        $copy = [System.IO.Path]::Combine($fresh, $name)
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($copy))
        $from = [System.IO.File]::OpenRead([System.IO.Path]::Combine($Plan['Source'], $name))
        try {
            $to = [System.IO.FileStream]::new($copy, [System.IO.FileMode]::CreateNew)
            try {
                $from.CopyTo($to)
                $to.Flush($true)
            } finally {
                $to.Dispose()
            }
        } finally {
            $from.Dispose()
        }
    }
    $Plan['Stopped'] = $true
    Stop-Installation -DataFolder $Plan['DataFolder']
    $former = [System.IO.Path]::Combine($Plan['Staging'], 'former')
    if ($kind -eq 'folder') {
        Move-Folder -Path $target -Destination $former
    } elseif ($kind -ne 'none') {
        Add-Difference -Plan $Plan -Part $part -Text ('set aside as "{0}"' -f (Move-RefusedItem -Path $target))
    }
    try {
        Move-Folder -Path $fresh -Destination $target
    } catch {
        if ($kind -eq 'folder') {
            Move-Folder -Path $former -Destination $target
        }
        throw
    }
}
