<#
    A release that was unpacked, a PC to install it on, and how to look at what came of it.
#>
Set-StrictMode -Version 3.0

function New-Machine {
    # A release that was unpacked, and places that do not exist yet.
    Reset-Windows
    $below = [System.IO.Path]::Combine($TestDrive, [System.Guid]::NewGuid().ToString('N').Substring(0, 8))
    $source = [System.IO.Path]::Combine($below, 'Entpackt ' + [char]0xFC)
    [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($source, 'SpareKey', 'Private'))
    foreach ($name in 'deno', 'Invoke-SpareKey.ps1', 'SpareKey/SpareKey.psd1', 'SpareKey/Private/Get-A.ps1', 'LICENSE', 'chunk-1.js') {
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, $name), "content of $name")
    }
    [System.IO.File]::Copy((Get-RepositoryPath tests testdata powershell setup.js), [System.IO.Path]::Combine($source, 'main.js'))
    # What else may lie in a folder of downloads.
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, 'holiday.jpg'), 'x')
    foreach ($name in 'Program Files', 'ProgramData') {
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($below, $name))
    }
    return @{
        Source        = $source
        InstallFolder = [System.IO.Path]::Combine($below, 'Program Files', 'Spare Key')
        DataFolder    = [System.IO.Path]::Combine($below, 'ProgramData', 'Spare Key')
    }
}

function Install-Whole {
    param([hashtable] $Machine, [hashtable] $More = @{})
    $setup = Install-SpareKey @Machine @More
    $setup.Error | Should -BeNullOrEmpty
    $setup.ExitCode | Should -Be 0
    return $setup
}

function Get-Tree {
    # Every file below a folder, with its content.
    param([string] $Path)
    if (-not [System.IO.Directory]::Exists($Path)) {
        return ''
    }
    # Deno's cache aside: it is written at every start.
    $files = [System.IO.Directory]::GetFiles($Path, '*', [System.IO.SearchOption]::AllDirectories) -notlike '*/deno/*'
    $lines = foreach ($file in $files) {
        $file.Substring($Path.Length) + ' ' + [System.Convert]::ToBase64String([System.IO.File]::ReadAllBytes($file))
    }
    return [string]::Join("`n", @($lines | Sort-Object))
}

function Get-Part {
    param([string] $First, [string[]] $Rest)
    return [System.IO.Path]::Combine([string[]](@($First) + $Rest))
}

Export-ModuleMember -Function '*-*'
