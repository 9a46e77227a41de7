BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    $canary = '249425'
    $share = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($TestDrive, 'share')).FullName
    $place = New-Place -Below $TestDrive -Name 'Digits' -Fake @{
        stderr = 'talk 249425-539187-330363-273262-016346-600963-497299-188144'; exit = 3
        plan   = @{ carried = @(@{ name = 'office'; kind = 'share'; path = $share; user = $null; seconds = 30 }) }
        carry  = @(@{ destination = 'office'; folder = 'ANNA-LAPTOP'; name = 'a.TXT'; text = '249425-539187-330363-273262-016346-600963-497299-188144' })
    }
    $keys = [System.IO.Path]::Combine($TestDrive, 'keys')
    [void][System.IO.Directory]::CreateDirectory($keys)
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($keys, 'key.txt'), '249425-539187-330363-273262-016346-600963-497299-188144')
    [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($place.DataFolder, 'secrets'))
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($place.DataFolder, 'secrets', 'smtpPassword.bin'), 'sealed')

    # Runs everything that touches digits in a PowerShell that records parameter bindings and pipeline objects, as
    # module logging does (event 4103), and a transcript; then, apart, a control that breaks the rule.
    $script = @'
param($Kit, $DataFolder, $ProgramPath, $DenoPath, $Keys, $Out)
Import-Module -Name $Kit
Import-TestModule
& (Get-Module -Name SpareKey) {
    function script:Read-RegistryText { 'aa11bb22-0000-4000-8000-0123456789ab' }
    function script:Unlock-Secret { param($Name, $Path) $script:Secrets[$Name] = 'pw-249425' }
}
$place = @{ DataFolder = $DataFolder; ProgramPath = $ProgramPath; DenoPath = $DenoPath }
$canary = (Get-CimRecording)['methods']['\\?\Volume{4f1c2a00-0000-0000-0000-000000000001}\']['GetKeyProtectorNumericalPassword'].Values.NumericalPassword
function Show-Control { param([Parameter(ValueFromPipeline = $true)] $Value) process { $null = $Value } }
foreach ($module in Get-Module) { $module.LogPipelineExecutionDetails = $true }
$trace = @{ Name = 'ParameterB*', 'CommandDiscovery'; Option = 'All'; FilePath = "$Out.trace" }
$null = Start-Transcript -LiteralPath "$Out.transcript" -IncludeInvocationHeader
Trace-Command @trace -Expression {
    Get-SpareKeySnapshot | ConvertTo-Json -Depth 9
    Get-SpareKeySnapshot -StandardOutput
    Invoke-SpareKey @place | Format-List -Property *
    Find-SpareKey @place -Text 58E9DFAD -Path $Keys -Show
}
$null = Stop-Transcript
foreach ($kind in 'parameter', 'pipeline') {
    $trace['FilePath'] = "$Out.$kind.trace"
    Trace-Command @trace -Expression {
        if ($kind -eq 'parameter') { Show-Control -Value $canary } else { $canary | Show-Control }
    }
}
$null = Start-Transcript -LiteralPath "$Out.control.transcript"
$canary
$null = Stop-Transcript
[System.Console]::Error.WriteLine('errors: ' + $Error.Count + ' ' + ($Error -match '249425').Count)
'@
    $file = [System.IO.Path]::Combine($TestDrive, 'record.ps1')
    [System.IO.File]::WriteAllText($file, $script)
    $out = [System.IO.Path]::Combine($TestDrive, 'record')
    $start = [System.Diagnostics.ProcessStartInfo]::new((Get-PowerShellPath))
    foreach ($item in '-NoProfile', '-NonInteractive', '-File', $file, (Get-RepositoryPath tests powershell TestKit.psm1),
        $place.DataFolder, $place.ProgramPath, $place.DenoPath, $keys, $out) {
        $start.ArgumentList.Add($item)
    }
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $talk = $process.StandardError.ReadToEndAsync()
    $console = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    $trace = [System.IO.File]::ReadAllText("$out.trace")
    $transcript = [System.IO.File]::ReadAllText("$out.transcript")
}

Describe 'Digits' {
    It 'were really there: the console got them from -StandardOutput and from -Show' {
        [regex]::Matches($console, '"recoveryPassword":"249425-').Count | Should -Be 1
        [regex]::Matches($console, '58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5  249425-').Count | Should -Be 1
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($share, 'ANNA-LAPTOP', 'a.TXT')) | Should -Match $canary -Because 'a report was carried'
    }

    It 'are found by the method when they pass a parameter' {
        [System.IO.File]::ReadAllText("$out.parameter.trace") | Should -Match $canary
    }

    It 'are found by the method when they pass a pipeline' {
        [System.IO.File]::ReadAllText("$out.pipeline.trace") | Should -Match $canary
    }

    It 'are found in a transcript when they are output' {
        [System.IO.File]::ReadAllText("$out.control.transcript") | Should -Match $canary
    }

    It 'pass no parameter and no pipeline' {
        # The recording was long, and it recorded the private functions too.
        foreach ($name in 'Invoke-VolumeMethod', 'Write-JsonNode', 'Invoke-Program', 'Read-Answer', 'Write-Failure', 'Get-PermissionFile', 'Read-JsonTree', 'Read-CarriedListing', 'Send-CarriedReport') {
            $trace | Should -Match "\[$name\]" -Because $name
        }
        # Not the whole text: a failure would print megabytes.
        @($trace -split '\n' -match "$canary|539187|MjQ5NDI1") | Should -Be @()
    }

    It 'reach no transcript' {
        $transcript | Should -Match 'ANNA-LAPTOP'
        $transcript | Should -Match '"HasRecoveryPassword": true'
        @($transcript -split '\n' -match $canary) | Should -Be @()
    }

    It 'reach no error record' {
        $talk.Result.Trim() | Should -Match '^errors: \d+ 0$'
    }

    It 'reach no file but the stored report' {
        $hits = @(foreach ($path in [System.IO.Directory]::GetFiles($place.DataFolder, '*', [System.IO.SearchOption]::AllDirectories)) {
                $name = [System.IO.Path]::GetFileName($path)
                # These are the test's own: the stand-in program, and what tells it to talk of digits. The program itself ends a
                # run by settings with digits, so such ones are not kept as the last good.
                if (($name -notin 'settings.json', 'settings.last-good.json', 'main.js') -and [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($path)).Contains($canary)) {
                    $name
                }
            })
        # The stand-in writes the settings' text into the file of permissions to show what it was given.
        @($hits | Where-Object -FilterScript { $_ -notlike 'permissions-*.json' }).Count | Should -Be 0
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($place.DataFolder, 'logs', 'last-failure.txt')) | Should -Match '\[recovery password\]'
    }
}
