BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith { 'AA11BB22-0000-4000-8000-0123456789AB' }
    # What the module read last, before it forgets it.
    Mock -ModuleName SpareKey -CommandName Clear-Secret -MockWith { Save-LastAnswer }

    function Get-KeptPath {
        param([hashtable] $Place)
        [System.IO.Path]::Combine($Place.DataFolder, 'settings.last-good.json')
    }

    function Get-Kept {
        # The settings that are kept; null when there are none.
        param([hashtable] $Place)
        if ([System.IO.File]::Exists((Get-KeptPath -Place $Place))) {
            [System.IO.File]::ReadAllText((Get-KeptPath -Place $Place))
        }
    }

    function Get-SettingPath {
        param([hashtable] $Place)
        [System.IO.Path]::Combine($Place.DataFolder, 'settings.json')
    }

    function Get-Request {
        # What the program was asked for its permissions.
        param([hashtable] $Place)
        $folder = [System.IO.Path]::Combine($Place.DataFolder, 'permissions')
        $text = [System.IO.File]::ReadAllText([System.IO.Directory]::GetFiles($folder)[0])
        $paths = (ConvertFrom-Json -InputObject $text -AsHashtable)['permissions']['default']['read']
        $request = @($paths) -like '/request/*'
        ConvertFrom-Json -InputObject $request[0].Substring($request[0].IndexOf('{')) -AsHashtable
    }

    function Get-Told {
        # What the program was asked to tell, one a run.
        param([hashtable] $Place)
        foreach ($line in [System.IO.File]::ReadAllLines([System.IO.Path]::Combine($Place.DataFolder, 'state', 'told.json'))) {
            ConvertFrom-Json -InputObject $line -AsHashtable
        }
    }
}

Describe 'The settings of a run that could use them' {
    It 'are kept, and written again only when others were used: <Exit>' -ForEach @{ Exit = 0 }, @{ Exit = 3 } {
        $place = New-Place -Below $TestDrive -Fake @{ exit = $Exit }
        $text = [System.IO.File]::ReadAllText((Get-SettingPath -Place $place))
        (Invoke-SpareKey @place).ExitCode | Should -Be $Exit
        (Get-LastAnswer)['facts']['settings'].Contains('lastGood') | Should -BeFalse
        Get-Kept -Place $place | Should -BeExactly $text
        $long = [System.DateTime]::new(2020, 1, 1)
        [System.IO.File]::SetLastWriteTimeUtc((Get-KeptPath -Place $place), $long)
        $null = Invoke-SpareKey @place
        [System.IO.File]::GetLastWriteTimeUtc((Get-KeptPath -Place $place)) | Should -Be $long
        (Get-LastAnswer)['facts']['settings'].Contains('lastGood') | Should -BeFalse -Because 'they are those of the file'

        Set-FakeBehaviour -DataFolder $place.DataFolder -Fake @{ exit = $Exit; more = 1 }
        $null = Invoke-SpareKey @place
        (Get-LastAnswer)['facts']['settings']['lastGood'] | Should -BeExactly $text
        Get-Kept -Place $place | Should -BeExactly ([System.IO.File]::ReadAllText((Get-SettingPath -Place $place)))
        @([System.IO.Directory]::GetFiles($place.DataFolder, '*.tmp')) | Should -HaveCount 0
    }

    It 'are kept in UTF-8, whatever the file is in, as the run had them' {
        $place = New-Place -Below $TestDrive
        $text = '{ "fake": { "name": "' + [char]0xE4 + '" } }'
        [System.IO.File]::WriteAllText((Get-SettingPath -Place $place), $text, [System.Text.Encoding]::Unicode)
        $null = Invoke-SpareKey @place
        [System.IO.File]::ReadAllBytes((Get-KeptPath -Place $place)) | Should -Be ([System.Text.Encoding]::UTF8.GetBytes($text))
    }

    It 'are not kept by a run that failed, was dry, or has none' {
        foreach ($fake in @{ silent = $true; exit = 5 }, @{ error = @{ code = 'settings'; exit = 10; message = 'm'; hint = 'h' } }) {
            $place = New-Place -Below $TestDrive -Fake $fake
            $null = Invoke-SpareKey @place
            Get-Kept -Place $place | Should -BeNull
        }
        $place = New-Place -Below $TestDrive
        $null = Invoke-SpareKey @place -DryRun
        Get-Kept -Place $place | Should -BeNull
        [System.IO.File]::Delete((Get-SettingPath -Place $place))
        [System.IO.File]::WriteAllText((Get-KeptPath -Place $place), '{}')
        (Invoke-SpareKey @place).ExitCode | Should -Be 0
        Get-Kept -Place $place | Should -BeNull -Because 'whoever took the settings away wants no mails by them'
    }

    It 'cost a run nothing where they cannot be kept' {
        $place = New-Place -Below $TestDrive
        [void][System.IO.Directory]::CreateDirectory((Get-KeptPath -Place $place))
        $warnings = @(& { (Invoke-SpareKey @place).ExitCode | Should -Be 0 } 3>&1 |
                Where-Object -FilterScript { $_ -is [System.Management.Automation.WarningRecord] })
        # On Windows without an installation the event log is one more.
        $said = @($warnings.Message | Where-Object -FilterScript { $_ -notlike '*is not registered*' })
        $said | Should -HaveCount 1
        $said | Should -BeLike 'Cannot keep the settings in "*settings.last-good.json": *'
    }
}

Describe 'Settings that are broken' {
    BeforeEach {
        # Of the run before, which nothing has forgotten here.
        & (Get-Module -Name SpareKey) { $script:Answer = $null }
    }

    It 'go to the program with those of the last run: <Name>' -ForEach @(
        @{ Name = 'half a file'; Text = '{ "fake": { "exit": 3' }
        @{ Name = 'nothing in it'; Text = '' }
        @{ Name = 'zero bytes behind it, which comparing operators pass over'; Text = $null }
    ) {
        $place = New-Place -Below $TestDrive -Fake @{ error = @{ code = 'settings'; exit = 10; message = 'm'; hint = 'h' } }
        $good = [System.IO.File]::ReadAllText((Get-SettingPath -Place $place))
        [System.IO.File]::WriteAllText((Get-KeptPath -Place $place), $good)
        if ($null -eq $Text) {
            $Text = $good + ([string][char]0 * 3)
        }
        [System.IO.File]::WriteAllText((Get-SettingPath -Place $place), $Text)
        (Invoke-SpareKey @place).ExitCode | Should -Be 10
        $asked = (Get-Request -Place $place)['request']['settings']
        $asked['file'] | Should -BeExactly $Text
        $asked['lastGood'] | Should -BeExactly $good
        Get-Kept -Place $place | Should -BeExactly $good
    }

    It 'that cannot be read are told by those of the last run' {
        $place = New-Place -Below $TestDrive
        [System.IO.File]::WriteAllText((Get-KeptPath -Place $place), '{ "fake": {} }')
        $run = Invoke-SpareKey @place -SettingsFile $place.DataFolder
        $run.ExitCode | Should -Be 10
        $told = @(Get-Told -Place $place)
        $told | Should -HaveCount 1
        $told[0]['settings']['file'] | Should -BeFalse
        $told[0]['settings']['lastGood'] | Should -BeExactly '{ "fake": {} }'
        $told[0]['host0'] | Should -BeExactly 'granted'
        Get-Kept -Place $place | Should -BeExactly '{ "fake": {} }'
    }

    It 'that were taken away are not told of by those of the last run' {
        $place = New-Place -Below $TestDrive
        [System.IO.File]::Delete((Get-SettingPath -Place $place))
        [System.IO.File]::WriteAllText((Get-KeptPath -Place $place), '{ "fake": {} }')
        Mock -ModuleName SpareKey -CommandName Read-Snapshot -MockWith { throw 'nothing collected' }
        $null = Invoke-SpareKey @place
        $told = @(Get-Told -Place $place)
        $told | Should -HaveCount 1
        $told[0]['settings'].Contains('lastGood') | Should -BeFalse
    }
}
