BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Use-Carrier.ps1'))
}

AfterAll {
    Remove-Module -Name CarryKit
}

Describe 'An event that starts a run' {
    It 'is nothing new when the last snapshot is younger: <Name>' -ForEach @(
        @{ Name = 'older event'; Last = '2026-11-24T03:00:12.345+01:00'; Event = '2026-11-24T02:00:11.1234567Z'; Starts = 0 }
        @{ Name = 'nine digits'; Last = '2026-11-24T03:00:12.345+01:00'; Event = '2026-11-24T02:00:12.123456789Z'; Starts = 0 }
        @{ Name = 'younger event'; Last = '2026-11-24T03:00:12.345+01:00'; Event = '2026-11-24T02:00:12.999Z'; Starts = 1 }
        @{ Name = 'no event'; Last = '2026-11-24T03:00:12.345+01:00'; Event = ''; Starts = 1 }
        @{ Name = 'not filled in'; Last = '2026-11-24T03:00:12.345+01:00'; Event = '$(EventTime)'; Starts = 1 }
        @{ Name = 'no last snapshot'; Last = $null; Event = '2020-01-01T00:00:00Z'; Starts = 1 }
        @{ Name = 'a damaged file'; Last = 'x'; Event = '2020-01-01T00:00:00Z'; Starts = 1 }
    ) {
        $place = New-Place -Below $TestDrive -Fake @{ note = $true }
        $file = [System.IO.Path]::Combine($place.DataFolder, 'last-snapshot')
        if ($null -ne $Last) {
            [System.IO.File]::WriteAllText($file, $Last)
        }
        $run = Invoke-SpareKey @place -EventTime $Event
        $run.ExitCode | Should -Be 0
        $run.Error | Should -BeNull
        [System.IO.File]::Exists([System.IO.Path]::Combine($place.DataFolder, 'state', 'starts.txt')) | Should -Be ($Starts -eq 1)
        if ($Starts -eq 1) {
            [System.IO.File]::ReadAllText($file) | Should -BeExactly $run.TakenAt
            $start = @(Get-Start -DataFolder $place.DataFolder)[0]
            ($start.PSObject.Properties.Name -contains 'eventTime') | Should -Be ($Event -match '^\d')
        } else {
            $run.TakenAt | Should -BeNull
            [System.IO.File]::ReadAllText($file) | Should -BeExactly $Last
        }
    }

    It 'leads to a run again after one that ended with code <Code>: <Kept>' -ForEach @(
        @{ Code = 0; Kept = $true }
        @{ Code = 3; Kept = $true }
        @{ Code = 1; Kept = $false }
        @{ Code = 13; Kept = $false }
    ) {
        $place = New-Place -Below $TestDrive -Fake @{ exit = $Code }
        $null = Invoke-SpareKey @place
        [System.IO.File]::Exists([System.IO.Path]::Combine($place.DataFolder, 'last-snapshot')) | Should -Be $Kept
    }
}
