BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule

    function Get-Written {
        # What would stand in the event log after a run with this result and this answer of the program.
        param([hashtable] $Result, [object] $Answer)
        $whole = @{ ExitCode = 0; Error = $null; Hint = $null }
        foreach ($key in $Result.Keys) {
            $whole[$key] = $Result[$key]
        }
        InModuleScope -ModuleName SpareKey -Parameters @{ Whole = $whole; Told = $Answer } -ScriptBlock {
            $script:Written = [System.Collections.Generic.List[string]]::new()
            $script:Answer = $Told
            $script:ProgramTalk = 'last words'
            $script:Secrets['smtpPassword'] = 'correct horse'
            Write-RunEvent -Result $Whole
            $script:ProgramTalk | Should -BeExactly 'last words'
            Clear-Secret
            $script:Written.ToArray()
        }
    }
}

Describe 'The event log after a run' {
    BeforeAll {
        Mock -ModuleName SpareKey -CommandName Test-Windows -MockWith { $true }
        Mock -ModuleName SpareKey -CommandName Open-RegistryKey -MockWith {
            [PSCustomObject]@{} | Add-Member -MemberType ScriptMethod -Name Close -Value {} -PassThru
        } -ParameterFilter { $Path -eq 'SYSTEM\CurrentControlSet\Services\EventLog\Application\Spare Key' }
        Mock -ModuleName SpareKey -CommandName Write-EventEntry -MockWith {
            & (Get-Module -Name SpareKey) { param($Line) $script:Written.Add($Line) } "$Id $Level $Text"
        }
    }

    It 'holds what the program answered' {
        $answer = [ordered]@{ eventLog = @([ordered]@{ id = 100; level = 'information'; text = 'ok' }, [ordered]@{ id = 110; level = 'warning'; text = 'key 58E9DFAD' }) }
        @(Get-Written -Result @{} -Answer $answer) | Should -Be @('100 information ok', '110 warning key 58E9DFAD')
    }

    It 'holds nothing when the program gave nothing and nothing failed, as in a dry run' {
        @(Get-Written -Result @{} -Answer ([ordered]@{ findings = @() })) | Should -Be @()
    }

    It 'holds <Id> as <Level> of a run that failed with code <Code>' -ForEach @(
        @{ Code = 1; Id = 190; Level = 'error' }
        @{ Code = 3; Id = 130; Level = 'error' }
        @{ Code = 10; Id = 150; Level = 'error' }
        @{ Code = 11; Id = 130; Level = 'error' }
        @{ Code = 12; Id = 130; Level = 'error' }
        @{ Code = 13; Id = 130; Level = 'warning' }
    ) {
        $written = @(Get-Written -Result @{ ExitCode = $Code; Error = 'Cannot go on'; Hint = 'do this' } -Answer $null)
        $written | Should -Be @("$Id $Level Cannot go on$([System.Environment]::NewLine)do this")
        $written = @(Get-Written -Result @{ ExitCode = $Code; Error = 'Cannot go on' } -Answer ([ordered]@{ error = [ordered]@{ message = 'x' } }))
        $written | Should -Be @("$Id $Level Cannot go on")
    }

    It 'holds a secret that could not be opened beside what the program answered' {
        $answer = [ordered]@{ eventLog = @([ordered]@{ id = 100; level = 'information'; text = 'ok' }) }
        @(Get-Written -Result @{ ExitCode = 3; Error = 'Cannot open the secret "archiveKey"' } -Answer $answer) |
            Should -Be @('100 information ok', '150 warning Cannot open the secret "archiveKey"')
    }

    It 'holds no digits and no secrets, and not more than Windows takes' {
        $digits = '249425-539187-330363-273262-016346-600963-497299-188144'
        $written = @(Get-Written -Result @{ ExitCode = 12; Error = "Cannot read $digits with correct horse" } -Answer $null)
        $written | Should -Be @('130 error Cannot read [recovery password] with [secret]')
        @(Get-Written -Result @{ ExitCode = 12; Error = 'x' * 40000 } -Answer $null)[0].Length | Should -BeLessThan 31839
    }

    It 'costs a warning when its source is not there or writing fails, never the run' {
        Mock -ModuleName SpareKey -CommandName Write-EventEntry -MockWith { throw 'the log is full' }
        $warnings = @(& { Get-Written -Result @{ ExitCode = 12; Error = 'x' } -Answer $null } 3>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.WarningRecord] })
        @($warnings).Message | Should -BeExactly @('Cannot write to the event log: the log is full')
        Mock -ModuleName SpareKey -CommandName Open-RegistryKey -MockWith { $null } -ParameterFilter { $Path -like '*Spare Key' }
        $warnings = @(& { Get-Written -Result @{ ExitCode = 12; Error = 'x' } -Answer $null } 3>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.WarningRecord] })
        @($warnings).Message | Should -BeLike '*not registered*'
    }

    It 'is left alone where this is not Windows' {
        Mock -ModuleName SpareKey -CommandName Test-Windows -MockWith { $false }
        @(Get-Written -Result @{ ExitCode = 12; Error = 'x' } -Answer $null) | Should -Be @()
    }
}
