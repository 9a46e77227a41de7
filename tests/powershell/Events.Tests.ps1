BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule

    function Get-Told {
        # What the module reads of a recording, or of one made in the test.
        param([string] $Name = '', [hashtable] $Recording)
        if ($Name.Length -gt 0) {
            Import-EventRecording -Path (Get-RepositoryPath tests testdata events "$Name.json")
        } else {
            Import-EventRecording -Recording $Recording
        }
        return InModuleScope -ModuleName SpareKey -ScriptBlock { Read-BitLockerEvent }
    }
}

AfterAll {
    Import-EventRecording
}

Describe 'The events of BitLocker in <_>' -ForEach 'english', 'german' {
    BeforeAll {
        $told = Get-Told -Name $_
        $lines = @($told['events'] | ForEach-Object -Process { '{0} {1} {2} {3} {4}' -f @($_.Values) })
    }

    It 'are those of the last 30 days that tell of protectors and backups, oldest first' {
        $lines | Should -Be @(
            '775 2026-11-20T18:00:00.123Z {58E9DFAD-7235-4E32-B7F1-000000000001} C: '
            '845 2026-11-20T18:03:11.500Z {58E9DFAD-7235-4E32-B7F1-000000000001} C: '
            '846 2026-11-21T07:00:00.000Z  C: 0x80072EE7'
            '829 2026-11-21T07:05:00.000Z   0x8007052E'
            '4107 2026-11-21T07:06:00.000Z   0x8007139F'
            '776 2026-11-22T09:00:00.000Z {58e9dfad-7235-4e32-b7f1-000000000001} C: '
            '783 2026-11-22T09:01:00.000Z {58E9DFAD-7235-4E32-B7F1-000000000001} D: '
            '847 2026-11-22T09:02:00.000Z  C: '
        )
    }

    It 'come with the state of the channel and the time from which on it speaks' {
        $told['eventLog']['state'] | Should -BeExactly 'read'
        $told['eventLog']['since'] | Should -BeExactly '2026-10-01T08:00:00.000Z'
        $told['eventLog']['message'] | Should -BeNull
    }

    It 'let no digits through, whatever an event holds' {
        [string]::Join("`n", $lines) | Should -Not -Match '249425|539187'
    }
}

Describe 'The channel of BitLocker' {
    BeforeAll {
        $event775 = "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><EventID>775</EventID>" +
            "<TimeCreated SystemTime='{0}'/></System><EventData><Data Name='VolumeMountPoint'>{1}</Data></EventData></Event>"
    }

    It 'is said to be <State>: <Name>' -ForEach @(
        @{ Name = 'switched off'; Recording = @{ enabled = $false }; State = 'off'; Message = $null }
        @{ Name = 'not there'; Recording = @{ missing = $true }; State = 'missing'; Message = '*kein passendes*' }
        @{ Name = 'closed to this user'; Recording = @{ denied = $true }; State = 'unreadable'; Message = '*autorisierten* (0x80070005)' }
        @{ Name = 'empty'; Recording = @{}; State = 'read'; Message = $null }
    ) {
        $whole = @{ now = '2026-11-24T02:00:00Z'; enabled = $true; events = @() }
        foreach ($key in $Recording.Keys) {
            $whole[$key] = $Recording[$key]
        }
        $told = Get-Told -Recording $whole
        $told['eventLog']['state'] | Should -BeExactly $State
        $told['eventLog']['since'] | Should -BeNull
        $told['events'].Count | Should -Be 0
        if ($null -eq $Message) {
            $told['eventLog']['message'] | Should -BeNull
        } else {
            $told['eventLog']['message'] | Should -BeLike $Message
        }
    }

    It 'tells what it holds from before it was switched off' {
        $told = Get-Told -Recording @{ now = '2026-11-24T02:00:00Z'; enabled = $false; events = @($event775 -f '2026-11-23T02:00:00Z', 'E:\') }
        $told['eventLog']['state'] | Should -BeExactly 'off'
        $told['events'][0]['drive'] | Should -BeExactly 'E:'
    }

    It 'is read, and says nothing, when all it holds is older than 30 days' {
        $told = Get-Told -Recording @{ now = '2026-11-24T02:00:00Z'; enabled = $true; events = @($event775 -f '2026-10-25T01:59:00Z', 'C:') }
        $told['eventLog']['state'] | Should -BeExactly 'read'
        $told['eventLog']['since'] | Should -BeExactly '2026-10-25T01:59:00.000Z'
        $told['events'].Count | Should -Be 0
    }

    It 'gives its newest 500 events, not more' {
        $events = @(foreach ($number in 0..599) { $event775 -f [datetime]::new(2026, 11, 20).AddMinutes($number).ToString('s'), 'C:' })
        $told = Get-Told -Recording @{ now = '2026-11-24T02:00:00Z'; enabled = $true; events = $events }
        $told['events'].Count | Should -Be 500
        $told['events'][499]['time'] | Should -BeGreaterThan $told['events'][0]['time']
        $told['events'][499]['time'] | Should -Match '^2026-11-20T'
    }

    It 'gives number and time of an event whose XML cannot be read' {
        $entry = InModuleScope -ModuleName SpareKey -ScriptBlock {
            $record = [PSCustomObject]@{ Id = 845; TimeCreated = [datetime]::new(2026, 11, 20, 18, 0, 0, [System.DateTimeKind]::Utc) }
            $record | Add-Member -MemberType ScriptMethod -Name ToXml -Value { "<Event><Data Name='x'>" + [char]1 }
            Read-EventRecord -Record $record
        }
        @($entry.Values) | Should -Be @(845, '2026-11-20T18:00:00.000Z', $null, $null, $null)
    }

    It 'reads a code as <Code> from "<Name>" = "<Text>"' -ForEach @(
        @{ Name = 'ErrorCode'; Text = '0x80310000'; Code = '0x80310000' }
        @{ Name = 'HResult'; Text = '-2144272384'; Code = '0x80310000' }
        @{ Name = 'errorStatus'; Text = '2150694912'; Code = '0x80310000' }
        @{ Name = 'ErrorCode'; Text = '0'; Code = $null }
        @{ Name = 'ErrorCode'; Text = '0x0'; Code = $null }
        @{ Name = 'ErrorText'; Text = 'The network is down'; Code = $null }
        @{ Name = 'Count'; Text = '5'; Code = $null }
    ) {
        InModuleScope -ModuleName SpareKey -Parameters @{ Name = $Name; Text = $Text } -ScriptBlock {
            $record = [PSCustomObject]@{ Id = 846; TimeCreated = $null; Xml = "<Event><EventData><Data Name='$Name'>$Text</Data></EventData></Event>" }
            $record | Add-Member -MemberType ScriptMethod -Name ToXml -Value { $this.Xml }
            (Read-EventRecord -Record $record)['code']
        } | Should -BeExactly $Code
    }
}

Describe 'What a PC is joined to' {
    It 'is <Join> when part of a domain is <Part> and Windows knows <Entra> Entra joins' -ForEach @(
        @{ Part = $false; Entra = 0; Join = 'workgroup' }
        @{ Part = $false; Entra = $null; Join = 'workgroup' }
        @{ Part = $true; Entra = $null; Join = 'domain' }
        @{ Part = $true; Entra = 1; Join = 'hybrid' }
        @{ Part = $false; Entra = 1; Join = 'entra' }
        @{ Part = $null; Entra = 1; Join = $null }
    ) {
        $script:Joins = $Entra
        Mock -ModuleName SpareKey -CommandName Open-RegistryKey -MockWith {
            if ($null -eq $script:Joins) {
                return $null
            }
            $key = [PSCustomObject]@{ Names = @('0A1B') * $script:Joins }
            $key | Add-Member -MemberType ScriptMethod -Name GetSubKeyNames -Value { $this.Names }
            $key | Add-Member -MemberType ScriptMethod -Name Close -Value {}
            $key
        } -ParameterFilter { $Path -eq 'SYSTEM\CurrentControlSet\Control\CloudDomainJoin\JoinInfo' }
        InModuleScope -ModuleName SpareKey -Parameters @{ Part = $Part } -ScriptBlock { Read-JoinType -PartOfDomain $Part } | Should -BeExactly $Join
    }

    It 'is not told when the registry cannot be read' {
        Mock -ModuleName SpareKey -CommandName Open-RegistryKey -MockWith { throw 'closed' }
        InModuleScope -ModuleName SpareKey -ScriptBlock { Read-JoinType -PartOfDomain $true } | Should -BeNull
    }
}
