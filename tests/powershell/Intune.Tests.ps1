BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'SetupKit.psm1')) -Force -Global
    Import-TestModule
    Mock -ModuleName SpareKey -CommandName Invoke-WindowsTool -MockWith { Invoke-FakeTool -Name $Name -Argument $Argument }
    Mock -ModuleName SpareKey -CommandName Get-UpTime -MockWith { [System.TimeSpan]::FromHours($script:UpHours) }
    $version = [string](Get-Module -Name SpareKey).Version
    $nightly = '\Spare Key\Nightly'

    function New-Status {
        # What "status" says: so many volumes, each with one current key, so many of them with a copy.
        param([int] $Volumes = 1, [int] $WithCopy = $Volumes, [double] $DaysAgo = 0.1, [string[]] $Findings = @(), [hashtable[]] $Failed = @(@{ exit = 12; endedBy = 'partial' }), [switch] $NoLetter, [switch] $NoRun)
        $list = for ($at = 0; $at -lt $Volumes; $at++) {
            $copies = @()
            if ($at -lt $WithCopy) {
                $copies = @(@{ destination = 'share'; report = 'a' })
            }
            $drive = $null
            if (-not $NoLetter) {
                $drive = [string][char](65 + $at % 26) + ':'
            }
            @{
                drive = $drive; present = $true; conversionStatus = 1
                # The longest label that NTFS takes, with a person's name in it.
                label = 'Anna Beispiel' + ([string][char]0xE4 * 19)
                keys  = @(@{ keyId = ('{0:X8}' -f $at) + '-7235-4E32-B7F1-CDC5D4EC89C5'; current = $true; copies = $copies })
            }
        }
        $run = $null
        if (-not $NoRun) {
            $run = @{ takenAt = [System.DateTimeOffset]::Now.AddDays(-$DaysAgo).ToString('yyyy-MM-ddTHH:mm:ss.fffzzz'); exit = 0; findings = $Findings }
        }
        return @{ schema = 1; host = 'ANNAS-LAPTOP'; lastRun = $run; failedRuns = @($Failed); volumes = @($list); destinations = @() }
    }

    function Get-Health {
        # What Get-SpareKeyHealth finds in an installation whose "status" says this.
        param([hashtable] $Status = (New-Status), [string] $Settings = '{}', [double] $UpHours = 100, [hashtable] $More = @{}, [switch] $NoTask, [switch] $Disabled)
        Reset-Windows
        if (-not $NoTask) {
            (Get-WindowsState).Tasks[$nightly] = '<Task><Settings><Hidden>false</Hidden></Settings></Task>'
        }
        if ($Disabled) {
            $null = Invoke-FakeTool -Name 'schtasks.exe' -Argument @('/Change', '/TN', $nightly, '/DISABLE')
        }
        $script:UpHours = $UpHours
        $place = New-Place -Below $TestDrive -Name 'Data'
        [System.IO.File]::Copy((Get-RepositoryPath tests testdata powershell setup.js), $place.ProgramPath, $true)
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($place.DataFolder, 'settings.json'), $Settings)
        $state = [System.IO.Path]::Combine($place.DataFolder, 'state')
        [void][System.IO.Directory]::CreateDirectory($state)
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($state, 'status.json'), (ConvertTo-Json -InputObject $Status -Depth 8))
        return Get-SpareKeyHealth @place @More
    }

    function Invoke-IntuneScript {
        # Runs one of the scripts by itself, as Intune does, from a folder of its own.
        param([string] $Name)
        $folder = [System.IO.Path]::Combine($TestDrive, [System.Guid]::NewGuid().ToString('N'))
        [void][System.IO.Directory]::CreateDirectory($folder)
        $copy = [System.IO.Path]::Combine($folder, $Name)
        [System.IO.File]::Copy((Get-RepositoryPath scheduled intune $Name), $copy)
        $start = [System.Diagnostics.ProcessStartInfo]::new((Get-PowerShellPath))
        foreach ($argument in '-NoProfile', '-NonInteractive', '-File', $copy) {
            $start.ArgumentList.Add($argument)
        }
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $talk = $process.StandardError.ReadToEndAsync()
        $text = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        return @{ Code = $process.ExitCode; Out = $text; Talk = $talk.Result }
    }
}

AfterAll {
    Remove-Module -Name SetupKit
}

Describe 'The state that Intune is told' {
    It 'is well when keys have copies, the task is there and a run was last night' {
        $health = Get-Health
        $health.PSObject.TypeNames[0] | Should -BeExactly 'SpareKey.Health'
        $health.Summary | Should -BeExactly "Spare Key ${version}: all is well"
        $health.Healthy | Should -BeTrue
        $health.TaskState | Should -BeExactly 'ready'
        $health.SettingsUsable | Should -BeTrue
        $health.DaysSinceRun | Should -Be 0
        $health.RunOverdue | Should -BeFalse
    }

    It 'names <Name>' -ForEach @(
        @{ Name = 'drives without a copy'; Arguments = @{ Status = { New-Status -Volumes 3 -WithCopy 1 } }; Text = 'no copy outside this PC: B:, C:'; Count = 2 }
        @{ Name = 'copies that lie on this PC alone'; Arguments = @{ Status = { New-Status -Findings no-copy-outside } }; Text = 'no copy outside this PC: at least one drive'; Count = 1 }
        @{ Name = 'a drive without letter by its Key ID'; Arguments = @{ Status = { New-Status -WithCopy 0 -NoLetter } }; Text = 'no copy outside this PC: key 00000000'; Count = 1 }
        @{ Name = 'keys that the last run could not read'; Arguments = @{ Status = { New-Status -Findings unreadable, not-elevated } }; Text = 'the last run could not read all keys'; Count = 0 }
        @{ Name = 'a run that failed'; Arguments = @{ Status = { New-Status -Failed @{ exit = 10; endedBy = $null } } }; Text = 'the last run failed (exit code 10)'; Count = 0 }
        @{ Name = 'a key that is wrong'; Arguments = @{ Status = { New-Status -Findings invalid-key } }; Text = 'the last run could not read all keys'; Count = 0 }
        @{ Name = 'a drive without a key'; Arguments = @{ Status = { New-Status -Findings no-recovery-key } }; Text = 'an encrypted drive has no recovery key'; Count = 0 }
        @{ Name = 'a run that is overdue'; Arguments = @{ Status = { New-Status -DaysAgo 5.5 } }; Text = 'no run for 5 days'; Count = 0 }
        @{ Name = 'a task that is missing'; Arguments = @{ NoTask = $true }; Text = 'the scheduled task is missing'; Count = 0 }
        @{ Name = 'a task that is disabled'; Arguments = @{ Disabled = $true }; Text = 'the scheduled task is disabled'; Count = 0 }
        @{ Name = 'settings that cannot be used'; Arguments = @{ Settings = '{"destination":"C:\\Users\\Anna"}' }; Text = 'the settings cannot be used'; Count = 0 }
        @{ Name = 'an older version'; Arguments = @{ More = @{ ExpectedVersion = '99.0' } }; Text = 'version 1.0.0 is older than 99.0'; Count = 0 }
        @{ Name = 'a state that cannot be read'; Arguments = @{ Status = { @{ schema = 1; error = @{ code = "ledger"; exit = 12; message = "Anna"; hint = $null } } } }; Text = 'the state could not be read (exit code 0)'; Count = 0 }
    ) {
        $more = $Arguments.Clone()
        if ($more.ContainsKey('Status')) {
            $more['Status'] = & $more['Status']
        }
        $health = Get-Health @more
        $health.Healthy | Should -BeFalse
        $health.Problems | Should -Be @($Text)
        $health.Summary | Should -BeExactly "Spare Key ${version}: $Text"
        $health.VolumesWithoutCopy | Should -Be $Count
    }

    It 'never complies while it cannot be read' {
        $health = Get-Health -Status @{ schema = 1; error = @{ code = 'ledger'; exit = 12; message = 'x'; hint = $null } }
        $health.SettingsUsable | Should -BeTrue
        $health.TaskState | Should -BeExactly 'ready'
        $health.RunOverdue | Should -BeTrue -Because 'a compliance policy sees the values alone'
    }

    It 'waits two days in which Windows is up' {
        (Get-Health -Status (New-Status -DaysAgo 1.9)).RunOverdue | Should -BeFalse
        (Get-Health -Status (New-Status -DaysAgo 30) -UpHours 47).RunOverdue | Should -BeFalse
        (Get-Health -Status (New-Status -DaysAgo 30) -UpHours 49).RunOverdue | Should -BeTrue
        $fresh = Get-Health -Status (New-Status -NoRun)
        $fresh.DaysSinceRun | Should -Be -1
        $fresh.RunOverdue | Should -BeFalse -Because 'it was installed just now'
    }

    It 'fits into what Intune takes, at the worst, without any name: <Name>' -ForEach @(
        @{ Name = '26 drives with the longest labels'; Volumes = 26; NoLetter = $false }
        @{ Name = '300 volumes without letter'; Volumes = 300; NoLetter = $true }
    ) {
        $health = Get-Health -Status (New-Status -Volumes $Volumes -WithCopy 0 -DaysAgo 1000 -NoLetter:$NoLetter) -Settings '{"destination":1}' -More @{ ExpectedVersion = '99.99.99.99' } -Disabled
        $health.Problems.Count | Should -Be 5
        $health.VolumesWithoutCopy | Should -Be $Volumes
        [System.Console]::Out.WriteLine('Intune detection, {0}: {1} characters', $Name, $health.Summary.Length)
        $health.Summary.Length | Should -BeLessThan 2048
        $health.Summary | Should -Match '^[\x20-\x7E]+$'
        $health.Summary | Should -Not -Match 'Anna|LAPTOP'
        $health.Summary | Should -Match ([regex]::Escape('version 1.0.0 is older than 99.99.99.99; the scheduled task is disabled; the settings cannot be used; no copy'))
    }

    It 'says how much had no room' {
        InModuleScope -ModuleName SpareKey -ScriptBlock {
            Join-Short -Text @('aaa', 'bbb', 'ccc') -Limit 40 | Should -BeExactly 'aaa, bbb, ccc'
            Join-Short -Text @('aaa', 'bbb', 'ccc') -Limit 28 | Should -BeExactly 'aaa, bbb and 1 more'
            Join-Short -Text @(('x' * 100)) -Limit 30 | Should -BeExactly ('x' * 10 + '...')
            Join-Short -Text @('caf' + [char]0xE9) -Limit 30 | Should -BeExactly 'caf?'
            Join-Short -Text @() -Limit 30 | Should -BeExactly ''
        }
    }
}

Describe 'Repair-SpareKey' {
    BeforeAll {
        Mock -ModuleName SpareKey -CommandName Install-SpareKey -MockWith { [PSCustomObject]@{ ExitCode = $script:SetupCode; Changes = @('rights of "C:\Users\Anna"', 'b') } }
    }

    It 'repairs and starts the run, and says so without a name' {
        Reset-Windows
        (Get-WindowsState).Tasks[$nightly] = '<Task />'
        $script:SetupCode = 0
        $repair = Repair-SpareKey
        $repair.Done | Should -BeTrue
        $repair.Summary | Should -BeExactly "Spare Key ${version}: 2 repaired, run started"
    }

    It 'says what it could not do' {
        Reset-Windows
        $script:SetupCode = 10
        $repair = Repair-SpareKey
        $repair.Done | Should -BeFalse
        $repair.Summary | Should -BeExactly "Spare Key ${version}: 2 repaired, not all (exit code 10), run not started (code 1)"
        [System.Console]::Out.WriteLine('Intune remediation: {0} characters', $repair.Summary.Length)
    }
}

Describe 'The scripts for Intune' {
    # On Linux the module is found beside the scripts and fails; on Windows it is looked for where it is installed.
    It '<Name> says one line by itself, nothing on standard error, and ends with 1 where nothing can be read' -ForEach @(
        @{ Name = 'Detect-SpareKey.ps1'; Text = 'Spare Key: the state could not be read (*)' }
        @{ Name = 'Repair-SpareKey.ps1'; Text = 'Spare Key: not repaired (*)' }
    ) {
        if ($IsWindows) {
            $Text = 'Spare Key is not installed*'
        }
        $ended = Invoke-IntuneScript -Name $Name
        $ended.Talk | Should -BeExactly ''
        $ended.Out.Trim() | Should -BeLike $Text
        $ended.Out.Trim() | Should -Not -Match "`n"
        $ended.Code | Should -Be 1
    }

    It 'start themselves again in 64 bits, and are small enough' {
        foreach ($file in [System.IO.Directory]::GetFiles((Get-RepositoryPath scheduled intune), '*.ps1')) {
            $text = [System.IO.File]::ReadAllText($file)
            $text | Should -Match 'sysnative\\WindowsPowerShell'
            # Intune takes 200 KB.
            $text.Length | Should -BeLessThan 200000
            $text | Should -Not -Match '\[System\.Console\]::Error|Write-Error|Write-Warning' -Because $file
        }
    }

    It 'expect the version that they come with' {
        [System.IO.File]::ReadAllText((Get-RepositoryPath scheduled intune Detect-SpareKey.ps1)) | Should -Match ([regex]::Escape("`$ExpectedVersion = '$version'"))
        [System.IO.File]::ReadAllText((Get-RepositoryPath scheduled intune Compliance-SpareKey.json)) | Should -Match ([regex]::Escape("""Operand"": ""$version"""))
    }
}

Describe 'Custom compliance' {
    BeforeAll {
        $ended = Invoke-IntuneScript -Name 'Compliance-SpareKey.ps1'
        $values = ConvertFrom-Json -InputObject $ended.Out -AsHashtable
        $rules = (ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText((Get-RepositoryPath scheduled intune Compliance-SpareKey.json))) -AsHashtable).Rules
    }

    It 'says one line of JSON, nothing on standard error, and ends with 0' {
        $ended.Talk | Should -BeExactly ''
        $ended.Code | Should -Be 0
        $ended.Out.Trim() | Should -Not -Match "`n"
        [System.Console]::Out.WriteLine('Intune compliance: {0} characters', $ended.Out.Trim().Length)
    }

    It 'has a rule for each value, and a value for each rule, of its type' {
        @($rules.SettingName | Sort-Object) | Should -Be @($values.Keys | Sort-Object)
        $types = @{ Boolean = [bool]; Int64 = [long]; Version = [string] }
        foreach ($rule in $rules) {
            $rule.DataType | Should -BeIn $types.Keys
            $values[$rule.SettingName] | Should -BeOfType $types[$rule.DataType]
        }
    }

    It 'has rules in the form that Intune takes' {
        foreach ($rule in $rules) {
            @($rule.Keys | Sort-Object) | Should -Be @('DataType', 'MoreInfoUrl', 'Operand', 'Operator', 'RemediationStrings', 'SettingName')
            $rule.Operator | Should -BeIn @('IsEquals', 'NotEquals', 'GreaterThan', 'GreaterEquals', 'LessThan', 'LessEquals')
            $rule.MoreInfoUrl | Should -Match '^https://'
            @($rule.RemediationStrings.Language) | Should -Contain 'en_US'
            foreach ($text in $rule.RemediationStrings) {
                $text.Title | Should -Match '\.$'
                $text.Description | Should -Match '\.$'
            }
        }
    }

    It 'does not comply where nothing is known' {
        $wrong = @(foreach ($rule in $rules) {
                if (($rule.Operator -eq 'IsEquals') -and ($values[$rule.SettingName] -ne $rule.Operand)) {
                    $rule.SettingName
                }
            })
        $wrong | Should -Be @('SpareKeyInstalled', 'SpareKeyTaskReady', 'SpareKeySettingsUsable', 'SpareKeyRunOverdue')
    }
}

Describe 'Installation' {
    It 'refuses a system that is not Windows, by exit code 2' {
        Mock -ModuleName SpareKey -CommandName Test-Windows -MockWith { $false }
        foreach ($setup in (Install-SpareKey), (Uninstall-SpareKey)) {
            $setup.ExitCode | Should -Be 2
            $setup.Error | Should -BeExactly 'Cannot set up or remove Spare Key: this is not Windows'
            $setup.Changes | Should -Be @()
        }
    }
}
