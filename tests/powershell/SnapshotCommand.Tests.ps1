BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    Mock -ModuleName SpareKey -CommandName Test-Elevated -MockWith { $true }
    Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith { 'Core' } -ParameterFilter { $Name -eq 'EditionID' }
    Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith { 'AA11BB22-0000-4000-8000-0123456789AB' } -ParameterFilter { $Name -eq 'MachineGuid' }
}

Describe 'Get-MachineId' {
    It 'takes MachineGuid in place of "<Uuid>"' -ForEach @(
        @{ Uuid = $null }
        @{ Uuid = '' }
        @{ Uuid = '00000000-0000-0000-0000-000000000000' }
        @{ Uuid = 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF' }
        @{ Uuid = '03000200-0400-0500-0006-000700080009' }
        @{ Uuid = 'fefefefe-FEFE-FEFE-FEFE-FEFEFEFEFEFE' }
    ) {
        InModuleScope -ModuleName SpareKey -Parameters @{ Uuid = $Uuid } -ScriptBlock { Get-MachineId -Uuid $Uuid } |
            Should -BeExactly 'aa11bb22-0000-4000-8000-0123456789ab'
    }

    It 'keeps a real UUID' {
        InModuleScope -ModuleName SpareKey -ScriptBlock { Get-MachineId -Uuid 'FEFEFEFE-0042-3510-8052-B4C04F564433' } |
            Should -BeExactly 'fefefefe-0042-3510-8052-b4c04f564433'
    }
}

Describe 'Get-SpareKeySnapshot' {
    It 'returns objects that say whether there are digits, and hold none' {
        Import-CimRecording -Path (Get-Recording -Name 'good')
        $snapshot = Get-SpareKeySnapshot
        $snapshot.PSObject.TypeNames[0] | Should -BeExactly 'SpareKey.Snapshot'
        $snapshot.Volumes[0].Protectors[0].HasRecoveryPassword | Should -BeTrue
        $snapshot.Volumes[0].Protectors[1].HasRecoveryPassword | Should -BeFalse
        $snapshot.Volumes[0].Protectors[0].PSObject.Properties.Name | Should -BeExactly @('Id', 'Type', 'FriendlyName', 'HasRecoveryPassword')
        ConvertTo-Json -InputObject $snapshot -Depth 9 | Should -Not -Match '249425|539187'
    }

    It 'leaves no secret behind in the module' {
        Import-CimRecording -Path (Get-Recording -Name 'good')
        $null = Get-SpareKeySnapshot
        InModuleScope -ModuleName SpareKey -ScriptBlock { $script:Secrets.Count + $script:Document.Length } | Should -Be 0
    }

    It 'fails with code 11 when it cannot tell which PC this is' {
        Import-CimRecording -Path (Get-Recording -Name 'other-scripts')
        Mock -ModuleName SpareKey -CommandName Read-RegistryText -MockWith { $null } -ParameterFilter { $Name -eq 'MachineGuid' }
        $failure = { Get-SpareKeySnapshot } | Should -Throw -PassThru
        $failure.Exception.Data['SpareKeyExitCode'] | Should -Be 11
    }

    # No WMI and no registry: any machine but a Windows PC.
    if (-not $IsWindows) {
        It 'as a script of its own exits with 11 where nothing can be collected' {
            $start = [System.Diagnostics.ProcessStartInfo]::new((Get-PowerShellPath))
            foreach ($item in '-NoProfile', '-NonInteractive', '-File', (Get-RepositoryPath scheduled Get-SpareKeySnapshot.ps1)) {
                $start.ArgumentList.Add($item)
            }
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $process = [System.Diagnostics.Process]::Start($start)
            $talk = $process.StandardError.ReadToEndAsync()
            $process.StandardOutput.ReadToEnd() | Should -BeExactly ''
            $process.WaitForExit()
            $process.ExitCode | Should -Be 11
            $talk.Result | Should -Match '^Cannot collect the snapshot: Cannot tell which PC this is'
        }
    }

    It 'writes the whole document with digits to standard output, as UTF-8 without a byte order mark' {
        $kit = Get-RepositoryPath tests powershell TestKit.psm1
        $code = "Import-Module '$kit'; Import-TestModule -Recording other-scripts; " +
            '& (Get-Module SpareKey) { function script:Read-RegistryText { "guid" } }; ' +
            "if (`$null -ne (Get-SpareKeySnapshot -StandardOutput)) { throw 'output' }"
        $start = [System.Diagnostics.ProcessStartInfo]::new((Get-PowerShellPath))
        foreach ($item in '-NoProfile', '-NonInteractive', '-Command', $code) {
            $start.ArgumentList.Add($item)
        }
        $start.RedirectStandardOutput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $stream = [System.IO.MemoryStream]::new()
        $process.StandardOutput.BaseStream.CopyTo($stream)
        $process.WaitForExit()
        $process.ExitCode | Should -Be 0
        $bytes = $stream.ToArray()
        $bytes[0] | Should -Be ([byte][char]'{')
        $bytes[-1] | Should -Be ([byte][char]'}')
        $json = [System.Text.UTF8Encoding]::new($false, $true).GetString($bytes) | ConvertFrom-Json -AsHashtable
        $json.volumes[0].protectors[0].recoveryPassword | Should -Match '^249425-'
    }
}
