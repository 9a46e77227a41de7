BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    $place = New-Place -Below $TestDrive -Name 'Daten 1'
    $digits = '249425-539187-330363-273262-016346-600963-497299-188144'
    $keys = [System.IO.Path]::Combine($TestDrive, 'Alte Schl' + [char]0xFC + 'ssel')
    [void][System.IO.Directory]::CreateDirectory($keys)
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($keys, 'key.txt'), $digits)
}

Describe 'Get-SpareKeyStatus' {
    It 'returns an object, from a program that may not reach the network' {
        $status = Get-SpareKeyStatus @place
        $status.PSObject.TypeNames[0] | Should -BeExactly 'SpareKey.Status'
        $status.PSObject.Properties.Name | Should -BeExactly @('Host', 'Volumes', 'Destinations')
        $status.Volumes.Count | Should -Be 1
        $status.Volumes[0].Drive | Should -BeExactly 'C:'
        $status.Volumes[0].Keys | Should -Be @('58E9DFAD')
        $status.Destinations[0].Name | Should -BeExactly 'prompt'
    }

    It 'refuses a data folder with a comma by a clear line' {
        $other = New-Place -Below $TestDrive
        { Get-SpareKeyStatus @other } | Should -Throw -ExpectedMessage 'Cannot open "*" to the program: the path contains a comma'
    }
}

Describe 'Get-SpareKeyStatus -Settings' {
    It 'hands the policy over and returns every value with its origin' {
        Mock -ModuleName SpareKey -CommandName Read-Policy -MockWith {
            [ordered]@{ 'Mail.To' = [string[]]@('a@example.org', 'b@example.org'); 'Smtp.Port' = 587 }
        }
        $status = Get-SpareKeyStatus -Settings @place
        $status.PSObject.TypeNames[0] | Should -BeExactly 'SpareKey.SettingStatus'
        $status.PSObject.Properties.Name | Should -BeExactly @('File', 'Policy', 'Settings', 'SetAside')
        $status.Policy | Should -BeTrue
        $status.Settings.Setting | Should -BeExactly @('Mail.To', 'Smtp.Port')
        $status.Settings[0].Value | Should -BeExactly @('a@example.org', 'b@example.org')
        $status.Settings[1].Value | Should -Be 587
        $status.Settings.Origin | Should -BeExactly @('policy', 'policy')
        $status.SetAside[0].Name | Should -BeExactly 'Smtp.Port'
        $status.SetAside[0].Reason | Should -BeLike '--data *Daten 1* --json --policy - --settings'
    }

    It 'works where there is no policy' {
        Mock -ModuleName SpareKey -CommandName Read-Policy -MockWith { $null }
        $status = Get-SpareKeyStatus -Settings @place
        $status.Policy | Should -BeFalse
        @($status.Settings).Count | Should -Be 0
        $status.SetAside[0].Reason | Should -BeLike '*--json --settings'
    }
}

Describe 'Get-SpareKeyHistory' {
    It 'returns an object a change' {
        $events = @(Get-SpareKeyHistory @place)
        $events.Count | Should -Be 2
        $events[0].Kind | Should -BeExactly 'key-added'
        $events[0].At | Should -BeExactly '2026-11-24T03:00:12.345+01:00'
        $events[1].Text | Should -BeExactly ([string][char]0xE9)
    }

    It 'asks for one drive' {
        @(Get-SpareKeyHistory @place -Drive 'C:')[0].Text | Should -BeLike '*--drive C:'
    }
}

Describe 'Find-SpareKey' {
    It 'returns objects without digits' {
        $found = @(Find-SpareKey @place -Text '58E9DFAD' -Path $keys)
        $found.Count | Should -Be 2
        $found[0].PSObject.Properties.Name | Should -BeExactly @('KeyId', 'ComputerName', 'Drive', 'TakenAt', 'Path', 'Sealed', 'Current')
        $found[0].KeyId | Should -BeExactly '58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5'
        $found[0].Path | Should -BeExactly "$keys/key.txt --in $keys --json -- 58E9DFAD"
        $found[1].Path | Should -BeExactly 'prompt' -Because 'it may not write'
        ConvertTo-Json -InputObject $found -Depth 5 | Should -Not -Match '539187'
    }

    It 'shows the digits on the console only with -Show, past the pipeline' {
        $console = [System.Console]::Out
        $shown = [System.IO.StringWriter]::new()
        try {
            [System.Console]::SetOut($shown)
            $quiet = @(Find-SpareKey @place -Text '58E9DFAD' -Path $keys)
            $before = $shown.ToString()
            $loud = @(Find-SpareKey @place -Text '58E9DFAD' -Path $keys -Show)
        } finally {
            [System.Console]::SetOut($console)
        }
        $before | Should -BeExactly ''
        $shown.ToString().Trim() | Should -BeExactly "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5  $digits"
        ConvertTo-Json -InputObject $loud -Depth 5 | Should -BeExactly (ConvertTo-Json -InputObject $quiet -Depth 5)
    }

    It 'returns nothing when nothing was found, and that is no error' {
        @(Find-SpareKey @place -Text 'nothing' -Path $keys).Count | Should -Be 0
    }

    It 'warns of what could not be read, and goes on' {
        $warnings = @()
        @(Find-SpareKey @place -Text 'partly' -Path $keys -WarningVariable warnings -WarningAction SilentlyContinue).Count | Should -Be 0
        @($warnings).Message | Should -BeExactly @('Cannot read "a.TXT"')
    }

    It 'warns of each Key ID that is near, once, and returns nothing' {
        $warnings = @()
        @(Find-SpareKey @place -Text 'near' -Path $keys -WarningVariable warnings -WarningAction SilentlyContinue).Count | Should -Be 0
        @($warnings).Message | Should -BeExactly @('No key fits, but 58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5 is near it (one character apart: the 8th is D, not E): a.TXT')
    }

    It 'refuses a path with a comma by a clear line' {
        { Find-SpareKey @place -Text 'x' -Path '/a,b' } | Should -Throw -ExpectedMessage 'Cannot open "*a,b" to the program: the path contains a comma'
    }

    It 'throws what the program says, with its code' {
        $failure = { Find-SpareKey @place -Text 'broken' -Path $keys } | Should -Throw -PassThru
        $failure.Exception.Message | Should -BeExactly 'Cannot find "broken" (try more characters)'
        $failure.Exception.Data['SpareKeyExitCode'] | Should -Be 2
    }

    It 'takes a path relative to the folder that PowerShell is in' {
        Push-Location -Path $TestDrive
        try {
            @(Find-SpareKey @place -Text '58E9DFAD' -Path ([System.IO.Path]::GetFileName($keys))).Count | Should -Be 2
        } finally {
            Pop-Location
        }
    }
}
