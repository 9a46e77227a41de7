BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    $anna = 'AGE-SECRET-KEY-1' + 'A' * 58
    $tom = 'AGE-SECRET-KEY-1' + 'T' * 58
    # DPAPI is Windows' own. In its place a form that opens, or not, as DPAPI's does.
    Mock -ModuleName SpareKey -CommandName Lock-Secret -MockWith {
        & (Get-Module -Name SpareKey) { param($N, $P) [System.IO.File]::WriteAllText($P, 'sealed:' + $script:Secrets[$N]) } $Name $Path
    }
    Mock -ModuleName SpareKey -CommandName Unlock-Secret -MockWith {
        $sealed = [System.IO.File]::ReadAllText($Path)
        if (-not $sealed.StartsWith('sealed:')) {
            throw 'Key not valid for use in specified state'
        }
        & (Get-Module -Name SpareKey) { param($N, $S) $script:Secrets[$N] = $S } $Name $sealed.Substring(7)
    }

    function Set-Typed {
        # What Read-Host would give to the module.
        param([string] $User = '', [string] $Text)
        $script:Typed = @{ User = $User; Text = $Text }
        Mock -ModuleName SpareKey -CommandName Read-Host -MockWith {
            if ($PesterBoundParameters.ContainsKey('AsSecureString')) {
                return ConvertTo-SecureString -String $script:Typed.Text -AsPlainText -Force
            }
            return $script:Typed.User
        }
    }

    function Get-Stored {
        # Names and contents of the stored secrets.
        param([hashtable] $Place)
        $found = @{}
        foreach ($path in [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($Place.DataFolder, 'secrets'))) {
            $found[[System.IO.Path]::GetFileName($path)] = [System.IO.File]::ReadAllText($path)
        }
        return $found
    }
}

Describe 'Set-SpareKeySecret' {
    It 'asks for the password of the mail server, stores it, and says nothing' {
        $place = New-Place -Below $TestDrive
        Set-Typed -Text 'correct horse'
        Set-SpareKeySecret @place -Name smtpPassword | Should -BeNullOrEmpty
        $stored = Get-Stored -Place $place
        @($stored.Keys) | Should -Be @('smtpPassword.bin')
        $stored['smtpPassword.bin'] | Should -BeExactly 'sealed:correct horse'
        Set-Typed -Text 'battery staple'
        Set-SpareKeySecret @place -Name smtpPassword
        $stored = Get-Stored -Place $place
        @($stored.Keys) | Should -Be @('smtpPassword.bin')
        $stored['smtpPassword.bin'] | Should -BeExactly 'sealed:battery staple'
    }

    It 'stores the account of a share from what is typed and from a credential' {
        $place = New-Place -Below $TestDrive
        Set-Typed -User 'NAS\spare' -Text 'correct horse'
        Set-SpareKeySecret @place -Name share -Destination 'office'
        $secure = ConvertTo-SecureString -String "p$([char]0xE4)ss" -AsPlainText -Force
        Set-SpareKeySecret @place -Name share -Destination 'B 2.x' -Credential ([pscredential]::new('tom', $secure))
        $stored = Get-Stored -Place $place
        $stored['share-office.bin'] | Should -BeExactly "sealed:NAS\spare`ncorrect horse"
        $stored['share-B 2.x.bin'] | Should -BeExactly "sealed:tom`np$([char]0xE4)ss"
        $problems = [System.Collections.Generic.List[string]]::new()
        $tree = InModuleScope -ModuleName SpareKey -Parameters @{ Data = $place.DataFolder; Problems = $problems } -ScriptBlock {
            Read-Secret -DataFolder $Data -Problems $Problems
            $script:Secrets.Count | Should -Be 0 -Because 'accounts of shares are opened by the carrier alone'
        }
        $tree['shareCredentials'] | Should -Be @('B 2.x', 'office')
        @($tree.Keys) | Should -Be @('shareCredentials')
    }

    It 'refuses <Case>' -ForEach @(
        @{ Case = 'a share without a destination'; Arguments = @{ Name = 'share' }; Text = 'x' }
        @{ Case = 'a destination that is a path'; Arguments = @{ Name = 'share'; Destination = '..\x' }; Text = 'x' }
        @{ Case = 'a destination for the mail password'; Arguments = @{ Name = 'smtpPassword'; Destination = 'office' }; Text = 'x' }
        @{ Case = 'blanks'; Arguments = @{ Name = 'smtpPassword' }; Text = '  ' }
        @{ Case = 'a password of two lines'; Arguments = @{ Name = 'smtpPassword' }; Text = "secret1`nsecret2" }
        @{ Case = 'a public key'; Arguments = @{ Name = 'archiveKey' }; Text = 'age1secret' }
        @{ Case = 'a key that was cut'; Arguments = @{ Name = 'archiveKey' }; Text = 'AGE-SECRET-KEY-1SECRET' }
        @{ Case = 'a comment alone'; Arguments = @{ Name = 'archiveKey' }; Text = '# secret' }
        @{ Case = 'a share without a user'; Arguments = @{ Name = 'share'; Destination = 'office' }; Text = 'secret' }
    ) {
        $place = New-Place -Below $TestDrive
        Set-Typed -Text $Text
        $failure = { Set-SpareKeySecret @place @Arguments } | Should -Throw -PassThru
        $failure.Exception.Data['SpareKeyExitCode'] | Should -Be 2
        $failure.Exception.Message | Should -Not -Match 'secret1|age1secret|1SECRET'
        [System.IO.Directory]::Exists([System.IO.Path]::Combine($place.DataFolder, 'secrets')) | Should -BeFalse
    }

    It 'keeps what was stored when the new one does not open, and leaves nothing beside it' {
        $place = New-Place -Below $TestDrive
        Set-Typed -Text 'correct horse'
        Set-SpareKeySecret @place -Name smtpPassword
        Mock -ModuleName SpareKey -CommandName Lock-Secret -MockWith { [System.IO.File]::WriteAllText($Path, 'sealed:other') }
        Set-Typed -Text 'battery staple'
        { Set-SpareKeySecret @place -Name smtpPassword } | Should -Throw -ExpectedMessage '*it opens as something else'
        $stored = Get-Stored -Place $place
        @($stored.Keys) | Should -Be @('smtpPassword.bin')
        $stored['smtpPassword.bin'] | Should -BeExactly 'sealed:correct horse'
    }

    It 'gives the folder of the secrets its own rights' {
        $place = New-Place -Below $TestDrive
        Mock -ModuleName SpareKey -CommandName Set-FolderSddl -MockWith { }
        Set-Typed -Text 'x'
        Set-SpareKeySecret @place -Name smtpPassword
        Should -Invoke -ModuleName SpareKey -CommandName Set-FolderSddl -Times 1 -Exactly -ParameterFilter {
            $Path.EndsWith('secrets') -and ($Sddl -ceq 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)')
        }
    }

    It 'forgets the secret, also when it failed' {
        $place = New-Place -Below $TestDrive
        Set-Typed -Text 'x'
        Set-SpareKeySecret @place -Name smtpPassword
        { Set-SpareKeySecret @place -Name archiveKey } | Should -Throw
        InModuleScope -ModuleName SpareKey -ScriptBlock { $script:Secrets.Count } | Should -Be 0
    }
}

Describe 'The key of the archive' {
    It 'is put above the earlier ones, which still open what they sealed, each once' {
        $place = New-Place -Below $TestDrive
        foreach ($key in $anna, $tom, $anna) {
            Set-Typed -Text " $key "
            Set-SpareKeySecret @place -Name archiveKey
        }
        (Get-Stored -Place $place)['archiveKey.bin'] | Should -BeExactly "sealed:$anna`n$tom"
    }

    It 'is made by the program, in a start that may do nothing, and shown nowhere' {
        $place = New-Place -Below $TestDrive
        Set-Typed -Text $tom
        Set-SpareKeySecret @place -Name archiveKey
        $shown = Set-SpareKeySecret @place -NewArchiveKey *>&1
        $shown | Should -BeNullOrEmpty
        $made = (Get-Stored -Place $place)['archiveKey.bin'] -split '\n'
        $made.Count | Should -Be 2
        $made[0] | Should -MatchExactly '^sealed:AGE-SECRET-KEY-1PROMPT0{52}$' -Because 'the program had no permission'
        $made[1] | Should -BeExactly $tom
    }

    It 'is not stored when the program cannot make one' {
        $place = New-Place -Below $TestDrive
        [System.IO.File]::WriteAllText($place.ProgramPath, 'Deno.exit(7)')
        { Set-SpareKeySecret @place -NewArchiveKey } | Should -Throw -ExpectedMessage '*ended with code 7*'
        [System.IO.Directory]::Exists([System.IO.Path]::Combine($place.DataFolder, 'secrets')) | Should -BeFalse
    }

    It 'that does not open is kept under another name, and that is said' {
        $place = New-Place -Below $TestDrive
        $folder = [System.IO.Path]::Combine($place.DataFolder, 'secrets')
        [void][System.IO.Directory]::CreateDirectory($folder)
        foreach ($text in 'broken 1', 'broken 2') {
            [System.IO.File]::WriteAllText([System.IO.Path]::Combine($folder, 'archiveKey.bin'), $text)
            Set-Typed -Text $anna
            $warnings = @()
            Set-SpareKeySecret @place -Name archiveKey -WarningVariable warnings -WarningAction SilentlyContinue
            @($warnings).Message | Should -BeLike '*does not open and was kept as*'
        }
        $stored = Get-Stored -Place $place
        $stored['archiveKey.bin'] | Should -BeExactly "sealed:$anna"
        $stored['archiveKey-1.bin'] | Should -BeExactly 'broken 1'
        $stored['archiveKey-2.bin'] | Should -BeExactly 'broken 2'
    }
}

Describe 'A secret on standard input' {
    BeforeAll {
        function Invoke-Store {
            # Set-SpareKeySecret in a PowerShell of its own, with a trace of what is bound to parameters.
            param([hashtable] $Place, [byte[]] $Bytes, [string] $More)
            $kit = Get-RepositoryPath tests powershell TestKit.psm1
            $trace = [System.IO.Path]::Combine($Place.DataFolder, 'trace.txt')
            $code = "Import-Module '$kit'; Import-TestModule; & (Get-Module SpareKey) { " +
                'function script:Lock-Secret { param($Name, $Path) [System.IO.File]::WriteAllText($Path, $script:Secrets[$Name]) }; ' +
                'function script:Unlock-Secret { param($Name, $Path) $script:Secrets[$Name] = [System.IO.File]::ReadAllText($Path) } }; ' +
                "Trace-Command -Name 'ParameterB*', 'CommandDiscovery' -Option All -FilePath '$trace' -Expression { " +
                "try { Set-SpareKeySecret -DataFolder '$($Place.DataFolder)' -StandardInput $More } catch { [System.Console]::Out.WriteLine(`$_.Exception.Message) } }"
            $file = [System.IO.Path]::Combine($Place.DataFolder, 'store.ps1')
            [System.IO.File]::WriteAllText($file, $code)
            $start = [System.Diagnostics.ProcessStartInfo]::new((Get-PowerShellPath))
            foreach ($item in '-NoProfile', '-NonInteractive', '-InputFormat', 'None', '-File', $file) {
                $start.ArgumentList.Add($item)
            }
            $start.RedirectStandardInput = $true
            $start.RedirectStandardOutput = $true
            $process = [System.Diagnostics.Process]::Start($start)
            $process.StandardInput.BaseStream.Write($Bytes, 0, $Bytes.Length)
            $process.StandardInput.Close()
            $output = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit()
            return @{ Output = $output.Trim(); Trace = [System.IO.File]::ReadAllText($trace) }
        }
    }

    It 'is stored without its line end, and passes no parameter and no output' {
        $place = New-Place -Below $TestDrive
        $ran = Invoke-Store -Place $place -Bytes ([System.Text.Encoding]::UTF8.GetBytes("NAS\t$([char]0xF6)m`r`ncanary 249425`r`n")) -More '-Name share -Destination nas'
        $ran.Output | Should -BeExactly ''
        (Get-Stored -Place $place)['share-nas.bin'] | Should -BeExactly "NAS\t$([char]0xF6)m`ncanary 249425"
        $ran.Trace | Should -Match 'Save-Secret'
        $ran.Trace | Should -Not -Match '249425'
    }

    It 'is told to be missing where nothing came, as when PowerShell has read it itself' {
        $place = New-Place -Below $TestDrive
        $ran = Invoke-Store -Place $place -Bytes ([byte[]]@(10)) -More '-Name smtpPassword'
        $ran.Output | Should -BeExactly 'Cannot store the secret: nothing came on standard input'
    }
}
