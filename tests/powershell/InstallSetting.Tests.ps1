BeforeAll {
    . ([System.IO.Path]::Combine($PSScriptRoot, 'Use-FakeWindows.ps1'))
}

AfterAll {
    Remove-Module -Name SetupKit, InstallKit
}

Describe 'Settings at installation' {
    BeforeEach {
        $machine = New-Machine
        $file = Get-Part $machine.DataFolder 'settings.json'
        $given = Get-Part $machine.Source '..', 'given.json'
    }

    It 'come from a file, byte for byte' {
        [System.IO.File]::WriteAllText($given, "{`n  ""x"": 1 }")
        $null = Install-Whole -Machine $machine -More @{ SettingsFile = $given }
        [System.IO.File]::ReadAllText($file) | Should -BeExactly "{`n  ""x"": 1 }"
        (Install-Whole -Machine $machine -More @{ SettingsFile = $given }).Changes | Should -Be @()
    }

    It 'come from parameters, as an installer passes them' {
        $more = @{
            MailTo = @('tom@example.org, eva@example.org'); SmtpHost = 'smtp.example.org'; SmtpFrom = 'pc@example.org'; SharePath = ''
            OneDriveUser = 'S-1-5-21-1-2-3-1001'; Recipients = @('age1a;age1b'); SettingsFile = ''
        }
        $null = Install-Whole -Machine $machine -More $more
        $read = [System.IO.File]::ReadAllText($file) | ConvertFrom-Json -AsHashtable
        @($read.destinations.kind) | Should -Be @('mail', 'onedrive')
        @($read.destinations.name) | Should -Be @('mail', 'onedrive')
        $read.destinations[0].to | Should -Be @('tom@example.org', 'eva@example.org')
        $read.destinations[1].user | Should -BeExactly $user
        $read.smtp.Count | Should -Be 2
        $read.smtp.host | Should -BeExactly 'smtp.example.org'
        $read.recipients | Should -Be @('age1a', 'age1b')
        @((Get-WindowsState).Tasks.Keys | Sort-Object) | Should -Be @($nightly, "\Spare Key\OneDrive $user")
    }

    It 'name a user of OneDrive, whose SID is asked for' {
        Mock -ModuleName SpareKey -CommandName Resolve-UserName -MockWith { 'S-1-12-1-5-6-7-8' } -ParameterFilter { $Name -eq 'AzureAD\anna' }
        $null = Install-Whole -Machine $machine -More @{ OneDriveUser = 'AzureAD\anna' }
        ([System.IO.File]::ReadAllText($file) | ConvertFrom-Json).destinations[0].user | Should -BeExactly 'S-1-12-1-5-6-7-8'
        Mock -ModuleName SpareKey -CommandName Resolve-UserName -MockWith { throw 'no such user' }
        $refused = Install-SpareKey @machine -OneDriveUser 'nobody' -Force
        $refused.ExitCode | Should -Be 10
        $refused.Error | Should -BeExactly 'Cannot find the user "nobody": no such user'
    }

    It 'that nobody wants any more take their task away' {
        $null = Install-Whole -Machine $machine -More @{ OneDriveUser = $user }
        [System.IO.File]::WriteAllText($file, '{}')
        @((Install-Whole -Machine $machine).Changes) | Should -Be @("the task ""\Spare Key\OneDrive $user"" is no longer wanted")
        @((Get-WindowsState).Tasks.Keys) | Should -Be @($nightly)
        (Install-Whole -Machine $machine).Changes | Should -Be @()
    }

    It 'are refused by the program before anything is changed' {
        [System.IO.File]::WriteAllText($given, '{"destination":[]}')
        $refused = Install-SpareKey @machine -SettingsFile $given
        $refused.ExitCode | Should -Be 10
        $refused.Error | Should -Match '"destination" is unknown \(Did you mean'
        $refused.Changes | Should -Be @()
        [System.IO.Directory]::Exists($machine.InstallFolder) | Should -BeFalse
        [System.IO.Directory]::Exists($machine.DataFolder) | Should -BeFalse
        (Get-WindowsState).Registry.Count | Should -Be 0
    }

    It 'that are there stay, unless forced' {
        $null = Install-Whole -Machine $machine
        [System.IO.File]::WriteAllText($file, '{ "mine": 1 }')
        [System.IO.File]::WriteAllText($given, '{ "theirs": 1 }')
        $kept = Install-Whole -Machine $machine -More @{ SettingsFile = $given }
        $kept.Changes | Should -Be @()
        @($kept.Remarks) -like '*were kept*' | Should -Not -BeNullOrEmpty
        [System.IO.File]::ReadAllText($file) | Should -BeExactly '{ "mine": 1 }'
        $null = Install-Whole -Machine $machine -More @{ SettingsFile = $given; Force = $true }
        [System.IO.File]::ReadAllText($file) | Should -BeExactly '{ "theirs": 1 }'
        [System.IO.File]::ReadAllText((Get-Part $machine.DataFolder 'settings.former.json')) | Should -BeExactly '{ "mine": 1 }'
    }

    It 'come from one place' {
        (Install-SpareKey @machine -SettingsFile $given -MailTo 'a@example.org').ExitCode | Should -Be 2
        (Install-SpareKey @machine -SettingsFile (Get-Part $machine.Source 'none.json')).ExitCode | Should -Be 10
    }
}
