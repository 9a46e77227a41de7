BeforeDiscovery {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'scheduled'))
    $scripts = @([System.IO.Directory]::GetFiles($root, '*.ps*1', [System.IO.SearchOption]::AllDirectories) | Sort-Object |
            Where-Object -FilterScript { $_ -notlike '*.psd1' } | ForEach-Object -Process { @{ Path = $_; Name = $_.Substring($root.Length + 1) } })
}

BeforeAll {
    Set-StrictMode -Version 3.0
    foreach ($name in 'FrameworkTypes.psm1', 'FrameworkCheck.psm1') {
        Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, $name)) -Force
    }
    Import-Framework -Folder $env:SPARE_KEY_FRAMEWORK -Loader $env:SPARE_KEY_FRAMEWORK_READER -PowerShell $env:SPARE_KEY_FRAMEWORK_POWERSHELL
    $folder = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'scheduled'))
    $all = @([System.IO.Directory]::GetFiles($folder, '*.ps*1', [System.IO.SearchOption]::AllDirectories))
    $loaded = @(Get-LoadedAssembly -Path $all)
    $given = Get-GivenType -Path $all
}

Describe 'What .NET Framework 4.8 and PowerShell 5.1 have' {
    It 'holds all that <Name> uses' -ForEach $scripts {
        @(Get-FrameworkProblem -Path $Path -Loaded $loaded -Given $given) | Should -Be @()
    }
}

Describe 'The check against .NET Framework 4.8' {
    It 'finds <_>' -ForEach @(
        '[System.IO.File]::Move($a, $b, $true)'
        '$process = [System.Diagnostics.Process]::Start($start); $process.Kill($true)'
        '$start = New-Object -TypeName System.Diagnostics.ProcessStartInfo; $start.ArgumentList.Add("x")'
        '$start = New-Object -TypeName System.Diagnostics.ProcessStartInfo; $start.StandardInputEncoding = $utf8'
        'function x { param([System.Diagnostics.ProcessStartInfo] $Start) $Start.ArgumentList }'
        'function x { param($A) foreach ($file in [System.IO.DirectoryInfo]::new($A).GetFiles()) { $file.UnixFileMode } }'
        '$file = [System.IO.FileInfo]::new("x"); $file = $file; $file.ResolveLinkTarget($true)'
        '[System.Security.Cryptography.SHA256]::HashData($bytes)'
        '[System.Security.Cryptography.RandomNumberGenerator]::Fill($bytes)'
        '[string]::Join([char]44, $list)'
        '"a--b".Split("--")'
        '"a".Contains("b", [System.StringComparison]::Ordinal)'
        '"a".Replace("b", "c", [System.StringComparison]::Ordinal)'
        '[System.IO.Path]::GetRelativePath($a, $b)'
        '[System.IO.Path]::Join($a, $b)'
        '[System.IO.File]::ReadAllTextAsync($path)'
        '$stream = [System.IO.File]::OpenRead($path); $stream.Write($bytes)'
        '[System.Convert]::ToHexString($bytes)'
        '[System.Text.Encoding]::Latin1'
        '[System.Environment]::ProcessPath'
        '[System.OperatingSystem]::IsWindows()'
        '[System.Math]::Clamp(1, 2, 3)'
        '[System.HashCode]::Combine(1, 2)'
        '$map = [System.Collections.Generic.Dictionary[string,string]]::new(); $map.TryAdd("a", "b")'
        '[System.Collections.Generic.PriorityQueue[string,int]]::new()'
        'New-Object -TypeName System.IO.EnumerationOptions'
        'New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $a, $b, $c'
        'try { 1 } catch [System.Text.Json.JsonException] { 2 }'
        'try { 1 } catch { $_.Exception.NoSuchProperty }'
        '[semver] $version = "1.0.0"'
        '[System.ServiceProcess.ServiceController] $service = $x'
        'function x { param([ValidateNotNullOrWhiteSpace()] [string] $A) $A }'
        'function x { param([ValidateSet("a", ErrorMessage = "b")] [string] $A) $A }'
    ) {
        $file = [System.IO.Path]::Combine($TestDrive, 'bad.ps1')
        [System.IO.File]::WriteAllText($file, $_)
        @(Get-FrameworkProblem -Path $file).Count | Should -BeGreaterThan 0
    }

    It 'lets pass <_>' -ForEach @(
        '[System.IO.File]::Move($a, $b)'
        '$process = [System.Diagnostics.Process]::Start($start); $process.Kill(); $process.WaitForExit(10)'
        '[string]::Join(",", $list); "a,b".Split(",").Count; "a b".Split([char]32)'
        '$table = @{}; $table.Anything; @(1).Count; (1).Count'
        '$list = [string[]]@(); $list.Length; $list.Where({ $true })'
        '[System.IO.Path]::Combine($a, $b, $c, $d, $e)'
        '$list = [System.Collections.Generic.List[string]]::new(); $list.Add("x"); $list.ToArray().Length'
        '[System.Environment]::GetFolderPath([System.Environment+SpecialFolder]::ProgramFiles)'
        'try { 1 } catch { $_.Exception.GetBaseException().HResult; $_.ScriptStackTrace }'
        '$anything.NoSuchMember($a)'
    ) {
        $file = [System.IO.Path]::Combine($TestDrive, 'good.ps1')
        [System.IO.File]::WriteAllText($file, $_)
        @(Get-FrameworkProblem -Path $file) | Should -Be @()
    }

    It 'takes what a script loads for loaded' {
        $file = [System.IO.Path]::Combine($TestDrive, 'load.ps1')
        [System.IO.File]::WriteAllText($file, "Add-Type -AssemblyName System.ServiceProcess`n[System.ServiceProcess.ServiceController] `$service = `$x")
        @(Get-FrameworkProblem -Path $file -Loaded @(Get-LoadedAssembly -Path $file)) | Should -Be @()
    }
}
