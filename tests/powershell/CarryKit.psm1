<#
    Folders that stand for shares and for what the program hands over to be carried there.
#>
Set-StrictMode -Version 3.0

$script:Today = '2026-11-24 C BitLocker Recovery Key 58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5.TXT'
$script:Pipes = [System.Collections.Generic.List[string]]::new()

function New-Folder {
    # An empty folder of the test.
    param([string] $Name = 'place')
    return [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($TestDrive, "$Name " + [System.Guid]::NewGuid().ToString('N').Substring(0, 8))).FullName
}

function New-Share {
    # An empty folder that stands for a share.
    return New-Folder -Name 'share'
}

function Set-File {
    # A file with folders above it.
    param([string] $Path, [string] $Text)
    [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($Path))
    [System.IO.File]::WriteAllText($Path, $Text)
    return $Path
}

function Get-Hash {
    param([string] $Text)
    return [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::UTF8.GetBytes($Text))).ToLowerInvariant()
}

function Set-Carry {
    # Puts items into the module's answer, as the program would.
    param([hashtable[]] $Item)
    $list = [System.Collections.Generic.List[object]]::new()
    foreach ($one in $Item) {
        $bytes = [System.Text.Encoding]::UTF8.GetBytes($one.text)
        $entry = [ordered]@{ destination = 'office'; folder = 'ANNA-LAPTOP'; name = $script:Today; replace = $false; sha256 = Get-Hash -Text $one.text; contentBase64 = [System.Convert]::ToBase64String($bytes) }
        foreach ($key in @($one.Keys | Where-Object -FilterScript { $_ -ne 'text' })) {
            $entry[$key] = $one[$key]
        }
        $list.Add($entry)
    }
    & (Get-Module -Name SpareKey) { param($carry) $script:Answer = [ordered]@{ carry = $carry } } $list
}

function Send-Test {
    # The carrier, called straight.
    param([string] $Root, [double] $Seconds = 30, [switch] $ReportOnly)
    InModuleScope -ModuleName SpareKey -Parameters @{ Root = $Root; Seconds = $Seconds; ReportOnly = [bool]$ReportOnly } -ScriptBlock {
        Send-SpareKeyReport -Destination 'office' -Root $Root -Seconds $Seconds -ReportOnly:$ReportOnly
    }
}

function New-IOFailure {
    # An exception as .NET makes it of a Win32 error code; its text is in the language of Windows.
    param([int] $Code)
    return [System.IO.IOException]::new('Der Vorgang ging schief.', (0x80070000 -bor $Code))
}

function Get-Leftover {
    param([string] $Root)
    return @([System.IO.Directory]::GetFiles($Root, '.spare-key-*', 'AllDirectories'))
}

function Get-Start {
    # What the stand-in program was given at each of its starts.
    param([string] $DataFolder)
    return @([System.IO.File]::ReadAllLines([System.IO.Path]::Combine($DataFolder, 'state', 'starts.txt')) | ForEach-Object -Process { ConvertFrom-Json -InputObject $_ })
}

function New-Pipe {
    # A pipe that nobody writes to: opening it hangs, as a call to a dead server does, and nothing ends it.
    param([string] $Path)
    [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($Path))
    & mkfifo $Path
    if ($LASTEXITCODE -ne 0) {
        throw 'mkfifo failed'
    }
    $script:Pipes.Add($Path)
}

function Open-Pipe {
    # Lets what hangs go on, since PowerShell itself waits for it at its end. Reading and writing never waits.
    foreach ($path in $script:Pipes) {
        [System.IO.FileStream]::new($path, 'Open', 'ReadWrite', 'ReadWrite').Dispose()
    }
    $script:Pipes.Clear()
}

Export-ModuleMember -Function '*-*'
