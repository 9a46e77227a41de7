<#
    Paths and helpers of the tests of scheduled/.
#>
Set-StrictMode -Version 3.0

$script:Root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
$script:Utf8 = [System.Text.UTF8Encoding]::new($false)

function Get-RepositoryPath {
    # A path below the repository.
    param([Parameter(Mandatory = $true, ValueFromRemainingArguments = $true)] [string[]] $Part)
    return [System.IO.Path]::Combine([string[]](@($script:Root) + $Part))
}

function Get-Recording {
    # The path of a recorded PC.
    param([Parameter(Mandatory = $true)] [string] $Name)
    return Get-RepositoryPath tests testdata cim "$Name.json"
}

function Get-DenoPath {
    if ([string]::IsNullOrEmpty($env:SPARE_KEY_DENO)) {
        throw 'SPARE_KEY_DENO must name the Deno program: start the tests by tests/powershell/run.ts'
    }
    return $env:SPARE_KEY_DENO
}

function Import-TestModule {
    # Loads the module under test and the stand-ins for WMI, with a recording, and for the event log, empty.
    param([string] $Recording = 'good')
    Import-Module -Name (Get-RepositoryPath tests powershell CimReplay.psm1) -Force -Global
    Import-Module -Name (Get-RepositoryPath tests powershell EventReplay.psm1) -Force -Global
    Import-Module -Name (Get-RepositoryPath scheduled SpareKey SpareKey.psd1) -Force -Global
    Import-CimRecording -Path (Get-Recording -Name $Recording)
}

function New-Place {
    # A data folder, with a blank and umlauts in its path, that holds the settings and a copy of the stand-in program.
    param([Parameter(Mandatory = $true)] [string] $Below, [hashtable] $Fake = @{}, [string] $Name = 'D' + [char]0xE4 + 'ten, 2')
    $folder = [System.IO.Path]::Combine($Below, $Name + ' ' + [System.Guid]::NewGuid().ToString('N').Substring(0, 8))
    [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($folder, 'pro gram'))
    $program = [System.IO.Path]::Combine($folder, 'pro gram', 'main.js')
    [System.IO.File]::Copy((Get-RepositoryPath tests testdata powershell main.js), $program)
    Set-FakeBehaviour -DataFolder $folder -Fake $Fake
    return @{ DataFolder = $folder; ProgramPath = $program; DenoPath = Get-DenoPath }
}

function Set-FakeBehaviour {
    param([Parameter(Mandatory = $true)] [string] $DataFolder, [hashtable] $Fake = @{})
    $json = ConvertTo-Json -InputObject @{ fake = $Fake } -Depth 5
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($DataFolder, 'settings.json'), $json, $script:Utf8)
}

function Save-LastAnswer {
    # Keeps what the module read from the program, in the place of Clear-Secret, which forgets it.
    & (Get-Module -Name SpareKey) { $script:LastAnswer = $script:Answer }
}

function Get-LastAnswer {
    & (Get-Module -Name SpareKey) { $script:LastAnswer }
}

function Wait-Until {
    # Polls; the bound only keeps a broken test from hanging.
    param([Parameter(Mandatory = $true)] [scriptblock] $Condition)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($clock.Elapsed.TotalSeconds -lt 60) {
        if (& $Condition) {
            return $true
        }
        [System.Threading.Thread]::Sleep(20)
    }
    return $false
}

function Get-PowerShellPath {
    # Not this process's own path: as a dotnet tool that is dotnet.
    return $env:SPARE_KEY_PWSH
}

Export-ModuleMember -Function '*'
