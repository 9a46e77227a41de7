BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    $script:App = [System.IO.Path]::Combine($TestDrive, 'app')
    & (Get-DenoPath) run -A --quiet (Get-RepositoryPath tests tools bundle.ts) $script:App | Out-Null
    if ($LASTEXITCODE -ne 0) {
        throw 'The program could not be bundled'
    }

    function Start-Mail {
        # The mail server of the demo, as a process of its own; it ends when its stdin is closed.
        param([string] $Folder)
        $start = [System.Diagnostics.ProcessStartInfo]::new((Get-DenoPath))
        foreach ($word in 'run', '-A', '--quiet', (Get-RepositoryPath tests powershell mail_server.ts), $Folder) {
            $start.ArgumentList.Add($word)
        }
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        return @{ Process = $process; Port = [int]$process.StandardOutput.ReadLine() }
    }

    function Invoke-Night {
        # The entry script in a PowerShell of its own. Only WMI and the event log are replayed; everything else is what it is.
        param([string] $Recording, [string] $DataFolder, [string] $WorkingDirectory = $TestDrive)
        $replay = Get-RepositoryPath tests powershell CimReplay.psm1
        $script = Get-RepositoryPath scheduled Invoke-SpareKey.ps1
        $program = [System.IO.Path]::Combine($script:App, 'main.js')
        $events = Get-RepositoryPath tests powershell EventReplay.psm1
        $command = "[System.Environment]::CurrentDirectory = '$WorkingDirectory'; " +
            "Import-Module '$replay', '$events' -Global; Import-CimRecording -Path '$(Get-Recording -Name $Recording)'; " +
            "& '$script' -DataFolder '$DataFolder' -DenoPath '$(Get-DenoPath)' -ProgramPath '$program'; exit `$LASTEXITCODE"
        $output = & (Get-PowerShellPath) -NoProfile -NonInteractive -Command $command 2>&1
        return @{ ExitCode = $LASTEXITCODE; Output = @($output | ForEach-Object -Process { [string]$_ }) }
    }

    function Get-Digit {
        # What a recording holds: Key ID to recovery password.
        param([string] $Recording)
        $found = @{}
        $methods = ([System.IO.File]::ReadAllText((Get-Recording -Name $Recording)) | ConvertFrom-Json -AsHashtable)['methods']
        foreach ($volume in $methods.Values) {
            if (-not $volume.ContainsKey('GetKeyProtectorNumericalPassword')) {
                continue
            }
            foreach ($id in $volume['GetKeyProtectorNumericalPassword'].Keys) {
                $password = $volume['GetKeyProtectorNumericalPassword'][$id]['NumericalPassword']
                if (-not [string]::IsNullOrEmpty($password)) {
                    $found[$id.Trim('{}').ToUpperInvariant()] = $password
                }
            }
        }
        return $found
    }
}

Describe 'The nightly job from end to end' {
    It 'turns what WMI answers into report files and a mail, and is quiet the next night' {
        $data = [System.IO.Path]::Combine($TestDrive, 'data')
        $keys = [System.IO.Path]::Combine($TestDrive, 'keys')
        $mails = [System.IO.Path]::Combine($TestDrive, 'mails')
        foreach ($folder in $data, $keys, $mails) {
            [void][System.IO.Directory]::CreateDirectory($folder)
        }
        $mail = Start-Mail -Folder $mails
        try {
            $settings = @{
                destinations = @(
                    @{ name = 'cloud'; kind = 'folder'; path = $keys; synced = $true },
                    @{ name = 'helper'; kind = 'mail'; to = @('tom@example.org') }
                )
                smtp = @{ host = 'localhost'; port = $mail.Port; security = 'none'; from = 'keys@example.org' }
            }
            [System.IO.File]::WriteAllText([System.IO.Path]::Combine($data, 'settings.json'), (ConvertTo-Json -InputObject $settings -Depth 5))

            $first = Invoke-Night -Recording 'good' -DataFolder $data
            $first.ExitCode | Should -Be 0 -Because ($first.Output -join ' ')
            $digits = Get-Digit -Recording 'good'
            $digits.Count | Should -BeGreaterThan 1
            foreach ($id in $digits.Keys) {
                $file = @([System.IO.Directory]::GetFiles($keys, "*$id.TXT", 'AllDirectories'))
                $file.Count | Should -Be 1 -Because $id
                [System.IO.File]::ReadAllText($file[0]).Contains($digits[$id]) | Should -BeTrue -Because $id
                ($first.Output -join ' ').Contains($digits[$id]) | Should -BeFalse -Because 'the output holds no digits'
            }
            @([System.IO.Directory]::GetFiles($keys, '*Recovery sheet.html', 'AllDirectories')).Count | Should -Be 1
            $messages = @([System.IO.Directory]::GetFiles($mails, '*.eml'))
            $messages.Count | Should -Be 1
            $text = [System.IO.File]::ReadAllText($messages[0])
            $text.Contains('tom@example.org') | Should -BeTrue
            foreach ($id in $digits.Keys) {
                $text.Contains($id.Substring(0, 8)) | Should -BeTrue -Because $id
                $text.Contains($digits[$id].Substring(0, 13)) | Should -BeFalse -Because 'a mail holds digits only where the settings say so'
            }

            $second = Invoke-Night -Recording 'good' -DataFolder $data
            $second.ExitCode | Should -Be 0 -Because ($second.Output -join ' ')
            @([System.IO.Directory]::GetFiles($keys, '*.TXT', 'AllDirectories')).Count | Should -Be $digits.Count
            @([System.IO.Directory]::GetFiles($mails, '*.eml')).Count | Should -Be 1
        } finally {
            $mail.Process.StandardInput.Close()
            [void]$mail.Process.WaitForExit(10000)
            if (-not $mail.Process.HasExited) {
                $mail.Process.Kill()
            }
        }
    }

    It 'carries reports to a share and tells so the same night, and the next night only replaces status.json' {
        # Elsewhere than on Windows a network path is an ordinary name: of a folder in the current one.
        $work = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($TestDrive, 'network')).FullName
        $share = $work + '/\\nas\share'
        $data = [System.IO.Path]::Combine($TestDrive, 'data of a share')
        $mails = [System.IO.Path]::Combine($TestDrive, 'mails of a share')
        foreach ($folder in $share, $data, $mails) {
            [void][System.IO.Directory]::CreateDirectory($folder)
        }
        $mail = Start-Mail -Folder $mails
        try {
            $settings = @{
                destinations = @(
                    @{ name = 'office'; kind = 'share'; path = '\\nas\share'; sealed = $false },
                    @{ name = 'helper'; kind = 'mail'; to = @('tom@example.org') }
                )
                smtp = @{ host = 'localhost'; port = $mail.Port; security = 'none'; from = 'keys@example.org' }
            }
            [System.IO.File]::WriteAllText([System.IO.Path]::Combine($data, 'settings.json'), (ConvertTo-Json -InputObject $settings -Depth 5))
            $digits = Get-Digit -Recording 'good'

            $first = Invoke-Night -Recording 'good' -DataFolder $data -WorkingDirectory $work
            $first.ExitCode | Should -Be 0 -Because ($first.Output -join ' ')
            $folder = [System.IO.Path]::Combine($share, 'ANNA-LAPTOP')
            foreach ($id in $digits.Keys) {
                $file = @([System.IO.Directory]::GetFiles($folder, "*$id.TXT"))
                $file.Count | Should -Be 1 -Because $id
                [System.IO.File]::ReadAllText($file[0]).Contains($digits[$id]) | Should -BeTrue -Because $id
                ($first.Output -join ' ').Contains($digits[$id]) | Should -BeFalse -Because 'the output holds no digits'
            }
            $messages = @([System.IO.Directory]::GetFiles($mails, '*.eml'))
            $messages.Count | Should -Be 1 -Because 'one mail tells of both starts'
            $files = @([System.IO.Directory]::GetFiles($folder) | Sort-Object)
            $status = [System.IO.Path]::Combine($folder, 'status.json')
            $files | Should -Contain $status
            $before = [System.IO.File]::ReadAllText($status)
            $before.Contains('no-copy-outside') | Should -BeFalse -Because 'the share holds the keys'

            $second = Invoke-Night -Recording 'good' -DataFolder $data -WorkingDirectory $work
            $second.ExitCode | Should -Be 0 -Because ($second.Output -join ' ')
            @([System.IO.Directory]::GetFiles($folder) | Sort-Object) | Should -Be $files
            @([System.IO.Directory]::GetFiles($mails, '*.eml')).Count | Should -Be 1
            $after = [System.IO.File]::ReadAllText($status)
            $after | Should -Not -BeExactly $before -Because 'it names the last run'
            # Each start of the program is one line in its diary.
            $runs = @([System.IO.File]::ReadAllLines([System.IO.Path]::Combine($data, 'state', 'spare-key.log')) |
                    Where-Object -FilterScript { $_.Contains('"RUN001"') })
            $runs.Count | Should -Be 3 -Because 'two starts on the first night, one on the second'
        } finally {
            $mail.Process.StandardInput.Close()
            [void]$mail.Process.WaitForExit(10000)
            if (-not $mail.Process.HasExited) {
                $mail.Process.Kill()
            }
            # PowerShell would take the name for a path.
            [System.IO.Directory]::Delete($work, $true)
        }
    }

    It 'mails that the settings are broken, by those of the night before, which mend them' {
        $data = [System.IO.Path]::Combine($TestDrive, 'data of broken settings')
        $mails = [System.IO.Path]::Combine($TestDrive, 'mails of broken settings')
        foreach ($folder in $data, $mails) {
            [void][System.IO.Directory]::CreateDirectory($folder)
        }
        $mail = Start-Mail -Folder $mails
        try {
            $file = [System.IO.Path]::Combine($data, 'settings.json')
            $lines = '{', '  "destinations": [{ "name": "helper", "kind": "mail", "to": ["tom@example.org"], "keys": "plain" }],',
            ('  "smtp": {{ "host": "localhost", "port": {0}, "security": "none", "from": "keys@example.org" }}' -f $mail.Port), '}'
            [System.IO.File]::WriteAllLines($file, $lines)
            $first = Invoke-Night -Recording 'good' -DataFolder $data
            $first.ExitCode | Should -Be 0 -Because ($first.Output -join ' ')
            $before = @([System.IO.Directory]::GetFiles($mails, '*.eml'))

            # A comma too many at the end of the second line.
            [System.IO.File]::WriteAllLines($file, @($lines[0], ($lines[1] + ','), $lines[2], $lines[3]))
            foreach ($night in 1, 2) {
                $broken = Invoke-Night -Recording 'good' -DataFolder $data
                $broken.ExitCode | Should -Be 10
                ($broken.Output -join ' ') | Should -Match ('is damaged \(line 2, column {0}\)' -f ($lines[1].Length + 1))
            }
            $told = @([System.IO.Directory]::GetFiles($mails, '*.eml') | Where-Object -FilterScript { $before -notcontains $_ })
            $told | Should -HaveCount 1
            $text = [System.IO.File]::ReadAllText($told[0])
            $text | Should -Match 'its settings cannot be used'
            foreach ($digits in (Get-Digit -Recording 'good').Values) {
                $text.Contains($digits.Substring(0, 13)) | Should -BeFalse -Because 'such a mail holds no keys'
            }

            [System.IO.File]::Copy([System.IO.Path]::Combine($data, 'settings.last-good.json'), $file, $true)
            (Invoke-Night -Recording 'good' -DataFolder $data).ExitCode | Should -Be 0
        } finally {
            $mail.Process.StandardInput.Close()
            [void]$mail.Process.WaitForExit(10000)
            if (-not $mail.Process.HasExited) {
                $mail.Process.Kill()
            }
        }
    }

    It 'passes on what could not be read: without rights the run ends with 3 and says so' {
        $data = [System.IO.Path]::Combine($TestDrive, 'data without rights')
        [void][System.IO.Directory]::CreateDirectory($data)
        $run = Invoke-Night -Recording 'access-denied' -DataFolder $data
        $run.ExitCode | Should -Be 3 -Because ($run.Output -join ' ')
        ($run.Output -join ' ') | Should -Match 'administrator rights'
    }
}
