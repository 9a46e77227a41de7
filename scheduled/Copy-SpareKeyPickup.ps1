<#
.SYNOPSIS
    Copies the reports that Spare Key has laid ready for this user into his OneDrive folder.
.DESCRIPTION
    Run as the user himself, with his own rights, by the task "\Spare Key\OneDrive SID": SYSTEM never writes into a
    folder that a user controls. The folder must be one that an account of his own OneDrive uses. A report gets a
    temporary name, is flushed, renamed without replacing and read back; status.json alone is replaced. Nothing is
    removed: what has arrived is taken out of the pick-up by the nightly run. OneDrive is then asked to free the disk
    space of a report once it is uploaded, which is how the nightly run sees that it was.
.PARAMETER Pickup
    The folder with what was laid ready, and target.txt, which names the OneDrive folder.
.EXAMPLE
    powershell.exe -NoProfile -NonInteractive -File Copy-SpareKeyPickup.ps1 -Pickup "C:\ProgramData\Spare Key\pickup\S-1-5-21-1-2-3-1001"
.OUTPUTS
    Nothing on standard output; what failed on standard error. Exit code 0 all copied or nothing to do, 3 something was
    not copied, 10 the folder is not one of this user's OneDrive, 1 a bug.
#>
[CmdletBinding()]
param([Parameter(Mandatory = $true)] [string] $Pickup)
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# winnt.h: FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS, _RECALL_ON_OPEN, _OFFLINE: OneDrive has uploaded and freed the file.
$script:Cloud = 0x400000 -bor 0x40000 -bor 0x1000

function Get-OwnFolder {
    # The folders that this user's OneDrive accounts use.
    $accounts = 'Registry::HKEY_CURRENT_USER\Software\Microsoft\OneDrive\Accounts\*'
    foreach ($account in @(Get-ItemProperty -Path $accounts -Name UserFolder -ErrorAction SilentlyContinue)) {
        ([string]$account.UserFolder).TrimEnd('\', '/')
    }
}

function ConvertTo-LongPath {
    # From 248 characters on, Windows PowerShell wants the long form.
    param([string] $Path)
    if (($Path.Length -lt 248) -or ($Path -notmatch '^[A-Za-z]:\\')) {
        return $Path
    }
    return '\\?\' + $Path
}

function Test-Equal {
    # Whether two files hold the same bytes.
    param([string] $Path, [string] $Other)
    $sha = [System.Security.Cryptography.SHA256]::Create()
    try {
        $hashes = @(foreach ($file in $Path, $Other) {
                $stream = [System.IO.FileStream]::new($file, [System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, [System.IO.FileShare]::ReadWrite)
                try {
                    [System.BitConverter]::ToString($sha.ComputeHash($stream))
                } finally {
                    $stream.Dispose()
                }
            })
        return $hashes[0] -eq $hashes[1]
    } finally {
        $sha.Dispose()
    }
}

function Set-UploadWish {
    # "-P +U": not to be kept on this PC. OneDrive frees the file once it is uploaded. Where it cannot, nothing is lost.
    param([string] $Path)
    $tool = [System.IO.Path]::Combine([System.Environment]::SystemDirectory, 'attrib.exe')
    if (-not [System.IO.File]::Exists($tool)) {
        return
    }
    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo
    $start.FileName = $tool
    $start.Arguments = '+U -P "{0}"' -f $Path
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $process = [System.Diagnostics.Process]::Start($start)
    [void]$process.WaitForExit(10000)
    $process.Dispose()
}

function Copy-Report {
    # Copies one file; says why it could not, or nothing.
    param([System.IO.FileInfo] $File, [string] $Folder)
    $isStatus = $File.Name -eq 'status.json'
    $source = ConvertTo-LongPath -Path $File.FullName
    $path = [System.IO.Path]::Combine($Folder, $File.Name)
    $final = ConvertTo-LongPath -Path $path
    $temporary = ConvertTo-LongPath -Path ([System.IO.Path]::Combine($Folder, '.spare-key-' + [System.Guid]::NewGuid().ToString('N') + '.tmp'))
    try {
        $there = [System.IO.FileInfo]::new($final)
        if ($there.Exists -and -not $isStatus) {
            if (([int]$there.Attributes -band $script:Cloud) -ne 0) {
                # Opening it would fetch it. The same name and size is the same report.
                if ($there.Length -eq $File.Length) {
                    return
                }
            } elseif (($there.Length -eq $File.Length) -and (Test-Equal -Path $source -Other $final)) {
                Set-UploadWish -Path $path
                return
            }
            return 'other content has the name'
        }
        [void][System.IO.Directory]::CreateDirectory((ConvertTo-LongPath -Path $Folder))
        $from = [System.IO.FileStream]::new($source, [System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, [System.IO.FileShare]::Read)
        try {
            $to = [System.IO.FileStream]::new($temporary, [System.IO.FileMode]::CreateNew, [System.IO.FileAccess]::Write, [System.IO.FileShare]::None)
            try {
                $from.CopyTo($to)
                $to.Flush($true)
            } finally {
                $to.Dispose()
            }
        } finally {
            $from.Dispose()
        }
        if ($isStatus -and $there.Exists) {
            # A plain null would become an empty text, which is no path.
            [System.IO.File]::Replace($temporary, $final, [System.Management.Automation.Language.NullString]::Value)
            return
        }
        [System.IO.File]::Move($temporary, $final)
        if (-not (Test-Equal -Path $source -Other $final)) {
            return 'what was read back differs from what was written'
        }
        if (-not $isStatus) {
            Set-UploadWish -Path $path
        }
    } catch {
        return $_.Exception.GetBaseException().Message
    } finally {
        if ([System.IO.File]::Exists($temporary)) {
            [System.IO.File]::Delete($temporary)
        }
    }
}

try {
    $note = [System.IO.Path]::Combine($Pickup, 'target.txt')
    if (-not [System.IO.File]::Exists($note)) {
        exit 0
    }
    $target = [System.IO.File]::ReadAllText($note).Trim().TrimEnd('\', '/')
    if (@(Get-OwnFolder) -notcontains $target) {
        [System.Console]::Error.WriteLine('Cannot copy to "{0}": it is not the folder of an OneDrive account of this user', $target)
        exit 10
    }
    if (-not [System.IO.Directory]::Exists($target)) {
        [System.Console]::Error.WriteLine('Cannot copy to "{0}": it is not there', $target)
        exit 3
    }
    $code = 0
    foreach ($folder in [System.IO.DirectoryInfo]::new($Pickup).GetDirectories()) {
        foreach ($file in $folder.GetFiles()) {
            if ($file.Name -like '.spare-key-*.tmp') {
                # Being laid ready just now.
                continue
            }
            $problem = Copy-Report -File $file -Folder ([System.IO.Path]::Combine($target, 'Spare Key', $folder.Name))
            if (-not [string]::IsNullOrEmpty($problem) -and ($file.Name -eq 'status.json')) {
                # For display alone; held open just now, it is replaced by the next run.
                [System.Console]::Error.WriteLine('Cannot replace "{0}": {1}', $file.Name, $problem)
            } elseif (-not [string]::IsNullOrEmpty($problem)) {
                [System.Console]::Error.WriteLine('Cannot copy "{0}": {1}', $file.Name, $problem)
                $code = 3
            }
        }
    }
    exit $code
} catch {
    [System.Console]::Error.WriteLine('Copying to OneDrive failed: ' + $_.Exception.Message)
    exit 1
}
