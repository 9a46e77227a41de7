BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-TestModule
    $user = 'S-1-5-21-1-2-3-1001'
    # What Windows 11 has: a closed folder, ProgramData, Program Files and the drive itself.
    $closed = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
    $programData = 'O:SYG:SYD:PAI(A;OICIIO;GA;;;CO)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;CI;DCLCRPCR;;;BU)'
    $installer = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'
    $programFiles = "O:${installer}G:${installer}D:PAI(A;;FA;;;$installer)(A;CIIO;GA;;;$installer)(A;;0x1301bf;;;SY)(A;OICIIO;GA;;;SY)" +
        '(A;;0x1301bf;;;BA)(A;OICIIO;GA;;;BA)(A;;0x1200a9;;;BU)(A;OICIIO;GXGR;;;BU)(A;OICIIO;GA;;;CO)(A;;0x1200a9;;;AC)(A;OICIIO;GXGR;;;AC)'
    $drive = "O:${installer}G:${installer}D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICIIO;SDGXGWGR;;;AU)(A;;LC;;;AU)"
    # The root of a data drive lets everybody change it.
    $dataDrive = 'O:BAG:SYD:(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1301bf;;;AU)(A;OICI;0x1200a9;;;BU)'

    function Test-Folder {
        # What Assert-DataFolder says where the folders, by their name, have these rights; others are as they should be.
        param([hashtable] $Right = @{}, [string[]] $Link = @(), [string] $Own = 'S-1-5-18', [switch] $Repair)
        $data = [System.IO.Path]::Combine($TestDrive, [System.Guid]::NewGuid().ToString('N'), 'ProgramData', 'Spare Key')
        foreach ($name in 'secrets', 'permissions', 'state/archive', 'pickup') {
            [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($data, $name))
        }
        $script:Right = $Right
        $script:Link = $Link
        $script:Own = $Own
        Mock -ModuleName SpareKey -CommandName Get-OwnSid -MockWith { $script:Own }
        Mock -ModuleName SpareKey -CommandName Read-FolderSddl -MockWith {
            $name = [System.IO.Path]::GetFileName($Path)
            if ($script:Right.ContainsKey($name)) {
                return $script:Right[$name]
            }
            if ([string]::IsNullOrEmpty([System.IO.Path]::GetDirectoryName($Path))) {
                return $drive
            }
            if ($name -in 'ProgramData', 'Spare Key', 'secrets', 'permissions', 'state', 'archive', 'pickup') {
                return $closed
            }
            return $programFiles
        }
        Mock -ModuleName SpareKey -CommandName Get-PathKind -MockWith {
            if ($script:Link -contains [System.IO.Path]::GetFileName($Path)) { 'link' } else { 'folder' }
        }
        InModuleScope -ModuleName SpareKey -Parameters @{ Data = $data; Repair = [bool]$Repair } -ScriptBlock {
            Assert-DataFolder -DataFolder $Data -Repair:$Repair
        }
    }
}

Describe 'Folders that are trusted' {
    BeforeAll {
        Mock -ModuleName SpareKey -CommandName Test-Windows -MockWith { $true }
        Mock -ModuleName SpareKey -CommandName Repair-FolderAccess -MockWith { }
    }

    It 'have the rights that installation and Windows give them' {
        { Test-Folder -Right @{ ProgramData = $programData; scheduled = $closed + '(A;OICI;0x1200a9;;;BU)' } } | Should -Not -Throw
        { Test-Folder -Right @{ 'Spare Key' = $closed.Replace('O:BA', 'O:SY') } } | Should -Not -Throw
        { Test-Folder -Right @{ scheduled = $programFiles } } | Should -Not -Throw
    }

    It 'may lie on a data drive, which everybody may change but not rename' {
        Mock -ModuleName SpareKey -CommandName Get-OwnSid -MockWith { 'S-1-5-18' }
        $text = InModuleScope -ModuleName SpareKey -Parameters @{ Sddl = $dataDrive } -ScriptBlock {
            Find-ForeignRight -Sddl $Sddl -Mask 0x100C0040L -NotBelow
        }
        $text | Should -BeNullOrEmpty
    }

    It 'may belong to whoever runs this himself, but to no other user' {
        $mine = "O:${user}G:BUD:(A;OICI;FA;;;$user)(A;OICI;0x1200a9;;;WD)"
        { Test-Folder -Right @{ 'Spare Key' = $mine; scheduled = $mine } -Own $user } | Should -Not -Throw
        { Test-Folder -Right @{ 'Spare Key' = $mine } -Own 'S-1-5-21-1-2-3-1002' } | Should -Throw -ExpectedMessage "Cannot trust * belongs to $user"
    }

    It 'are refused: <Case>' -ForEach @(
        @{ Case = 'a user owns the data folder'; Name = 'Spare Key'; Sddl = 'O:S-1-5-21-1-2-3-1001G:BAD:PAI(A;OICI;FA;;;SY)'; Say = '*Spare Key": it belongs to S-1-5-21-1-2-3-1001' }
        @{ Case = 'nobody says who owns it'; Name = 'Spare Key'; Sddl = 'D:PAI(A;OICI;FA;;;SY)'; Say = '*its rights cannot be read' }
        @{ Case = 'it has no list of rights'; Name = 'Spare Key'; Sddl = 'O:BAG:BAD:NO_ACCESS_CONTROL'; Say = '*its rights cannot be read' }
        @{ Case = 'users may change secrets'; Name = 'secrets'; Sddl = 'O:BAG:BAD:(A;OICI;0x1301bf;;;BU)'; Say = '*secrets": S-1-5-32-545 may change it' }
        @{ Case = 'users may change what the program may do'; Name = 'permissions'; Sddl = 'O:BAG:BAD:(A;OICI;0x1301bf;;;BU)'; Say = '*permissions": S-1-5-32-545 may change it' }
        @{ Case = 'users may change files of the archive'; Name = 'archive'; Sddl = 'O:BAG:BAD:(A;OIIO;GW;;;BU)'; Say = '*archive": S-1-5-32-545 may change it' }
        @{ Case = 'users may add to the folder of pick-ups'; Name = 'pickup'; Sddl = 'O:BAG:BAD:(A;OICI;FA;;;SY)(A;CI;LC;;;WD)'; Say = '*pickup": S-1-1-0 may change it' }
        @{ Case = 'a user may give himself rights'; Name = 'Spare Key'; Sddl = 'O:BAG:BAD:(A;;WD;;;S-1-5-21-1-2-3-1001)'; Say = '*may change it' }
        @{ Case = 'users may change the program'; Name = 'scheduled'; Sddl = 'O:BAG:BAD:(A;OICI;FA;;;SY)(A;OICI;0x1301bf;;;AU)'; Say = '*scheduled": S-1-5-11 may change it' }
        @{ Case = 'users may rename what lies in ProgramData'; Name = 'ProgramData'; Sddl = 'O:SYG:SYD:(A;OICI;FA;;;WD)'; Say = '*ProgramData": S-1-1-0 may change it' }
    ) {
        $failure = { Test-Folder -Right @{ $Name = $Sddl } } | Should -Throw -PassThru
        $failure.Exception.Message | Should -BeLike $Say
        $failure.Exception.Data['SpareKeyExitCode'] | Should -Be 10
        $failure.Exception.Data['SpareKeyHint'] | Should -Not -BeNullOrEmpty
    }

    It 'are refused when <_> is a link' -ForEach 'Spare Key', 'secrets', 'ProgramData', 'scheduled' {
        { Test-Folder -Link $_ } | Should -Throw -ExpectedMessage "Cannot trust `"*$_`": it is a link"
    }

    It 'are refused when their rights cannot be read' {
        Mock -ModuleName SpareKey -CommandName Get-FailureText -MockWith { 'access is denied (0x80070005)' }
        $failure = { Test-Folder -Right @{ 'Spare Key' = $null } } | Should -Throw -PassThru
        $failure.Exception.Data['SpareKeyExitCode'] | Should -Be 10
    }

    It 'get rights set again that only let others look, by the nightly run alone' {
        Test-Folder
        Test-Folder -Repair -Own $user -Right @{ scheduled = "O:${user}D:(A;;FA;;;SY)" }
        Should -Invoke -ModuleName SpareKey -CommandName Repair-FolderAccess -Times 0 -Exactly
        Test-Folder -Repair
        Should -Invoke -ModuleName SpareKey -CommandName Repair-FolderAccess -Times 1 -Exactly
    }

    It 'must lie where nobody else can put another one, before they are made' {
        $above = [System.IO.Path]::Combine($TestDrive, 'Tools')
        [void][System.IO.Directory]::CreateDirectory($above)
        $script:Above = $programData
        Mock -ModuleName SpareKey -CommandName Get-OwnSid -MockWith { 'S-1-5-18' }
        Mock -ModuleName SpareKey -CommandName Read-FolderSddl -MockWith {
            if ([System.IO.Path]::GetFileName($Path) -eq 'Tools') { $script:Above } else { $closed }
        }
        $plan = @{ InstallFolder = Join-Path -Path $above -ChildPath 'new/Spare Key'; DataFolder = Join-Path -Path $above -ChildPath 'Data'; Staging = $null }
        $check = { InModuleScope -ModuleName SpareKey -Parameters @{ Plan = $plan } -ScriptBlock { New-StagingFolder -Plan $Plan } }
        Mock -ModuleName SpareKey -CommandName Set-FolderSddl -MockWith { }
        $check | Should -Not -Throw -Because 'in ProgramData, too, everybody may make folders'
        $plan['Staging'] = $null
        $script:Above = 'O:BAG:SYD:(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;AU)'
        $failure = $check | Should -Throw -PassThru
        $failure.Exception.Message | Should -BeLike 'Cannot trust "*Tools": S-1-5-11 may change it'
        $plan['Staging'] | Should -BeNullOrEmpty -Because 'nothing was made there'
    }

    It 'are refused by an installation when they would be by a run' {
        Mock -ModuleName SpareKey -CommandName Get-OwnSid -MockWith { 'S-1-5-18' }
        Mock -ModuleName SpareKey -CommandName Read-FolderSddl -MockWith { 'O:BAG:SYD:(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;AU)' }
        foreach ($name in 'Sync-ProgramFolder', 'Sync-DataFolder', 'Sync-SettingFile', 'Sync-ArchiveKey', 'Sync-Registry', 'Sync-Task') {
            Mock -ModuleName SpareKey -CommandName $name -MockWith { }
        }
        $plan = @{ InstallFolder = [string]$TestDrive; DataFolder = [string]$TestDrive; Troubles = [System.Collections.Generic.List[string]]::new() }
        InModuleScope -ModuleName SpareKey -Parameters @{ Plan = $plan } -ScriptBlock { Sync-Installation -Plan $Plan }
        $plan['Troubles'].Count | Should -Be 1
        $plan['Troubles'][0] | Should -BeLike 'Cannot trust "*may change it'
    }

    It 'are looked at by the program itself where this is not Windows' {
        Mock -ModuleName SpareKey -CommandName Test-Windows -MockWith { $false }
        { Test-Folder -Right @{ 'Spare Key' = 'O:WDD:(A;;FA;;;WD)' } } | Should -Not -Throw
    }
}

Describe 'The rights of local folders' {
    It 'are told as SDDL, or why they cannot be read, and of no stick' {
        $there = [System.IO.Path]::Combine($TestDrive, 'there')
        [void][System.IO.Directory]::CreateDirectory($there)
        $script:Denied = [System.IO.Path]::Combine($TestDrive, 'denied')
        [void][System.IO.Directory]::CreateDirectory($script:Denied)
        $script:Stick = [System.IO.Path]::Combine($TestDrive, 'stick')
        Mock -ModuleName SpareKey -CommandName Test-Removable -MockWith { $Path -eq $script:Stick }
        Mock -ModuleName SpareKey -CommandName Read-FolderSddl -MockWith {
            if ($Path -eq $script:Denied) {
                throw [System.UnauthorizedAccessException]::new('Zugriff verweigert')
            }
            'O:BAG:BAD:(A;;FA;;;SY)'
        }
        $plan = [ordered]@{ folders = @(
                [ordered]@{ name = 'a'; path = $there }, [ordered]@{ name = 'b'; path = $script:Denied }, [ordered]@{ name = 'c'; path = $script:Stick }
                [ordered]@{ name = 'd'; path = $null }, [ordered]@{ name = 'e'; path = [System.IO.Path]::Combine($TestDrive, 'gone') }
            ) }
        $access = @(InModuleScope -ModuleName SpareKey -Parameters @{ Plan = $plan } -ScriptBlock { Read-FolderAccess -Plan $Plan })
        @($access | ForEach-Object -Process { '{0}|{1}|{2}' -f $_['destination'], $_['sddl'], $_['error'] }) | Should -Be @(
            'a|O:BAG:BAD:(A;;FA;;;SY)|'
            'b||access is denied (0x80070005)'
            'e||the folder is not there (0x80070003)'
        )
    }

    It 'are not asked for on this machine: its drives are not removable' {
        InModuleScope -ModuleName SpareKey -Parameters @{ Path = [string]$TestDrive } -ScriptBlock { Test-Removable -Path $Path } | Should -BeFalse
    }
}

Describe 'The rules for scripts' {
    BeforeAll {
        function Get-Sentence {
            param([hashtable] $Scope = @{}, [string] $Mode = 'FullLanguage')
            $script:Scope = $Scope
            Mock -ModuleName SpareKey -CommandName Get-ExecutionPolicy -MockWith {
                foreach ($name in 'MachinePolicy', 'UserPolicy', 'Process', 'CurrentUser', 'LocalMachine') {
                    $policy = 'Undefined'
                    if ($script:Scope.ContainsKey($name)) {
                        $policy = $script:Scope[$name]
                    }
                    [PSCustomObject]@{ Scope = $name; ExecutionPolicy = $policy }
                }
            }
            InModuleScope -ModuleName SpareKey -Parameters @{ Mode = $Mode } -ScriptBlock { Test-ScriptPolicy -LanguageMode $Mode }
        }
    }

    It 'are no trouble when Group Policy sets none, or a mild one' {
        @(Get-Sentence).Count | Should -Be 0
        @(Get-Sentence -Scope @{ LocalMachine = 'Restricted'; CurrentUser = 'AllSigned' }).Count | Should -Be 0 -Because 'the task asks for Bypass'
        @(Get-Sentence -Scope @{ MachinePolicy = 'Unrestricted' }).Count | Should -Be 0
    }

    It 'say what to do under <Policy> for the <Who>' -ForEach @(
        @{ Scope = 'MachinePolicy'; Who = 'computer'; Policy = 'AllSigned'; Say = '*sign the scripts*' }
        @{ Scope = 'UserPolicy'; Who = 'user'; Policy = 'AllSigned'; Say = '*sign the scripts*' }
        @{ Scope = 'MachinePolicy'; Who = 'computer'; Policy = 'Restricted'; Say = '*cannot run*' }
        @{ Scope = 'MachinePolicy'; Who = 'computer'; Policy = 'RemoteSigned'; Say = '*Unblock-File*' }
    ) {
        $sentences = @(Get-Sentence -Scope @{ $Scope = $Policy })
        $sentences.Count | Should -Be 1
        $sentences[0] | Should -BeLike "Group Policy ($Who)*"
        $sentences[0] | Should -BeLike $Say
    }

    It 'say what to do where the language is limited' {
        $sentences = @(Get-Sentence -Mode 'ConstrainedLanguage')
        $sentences.Count | Should -Be 1
        $sentences[0] | Should -BeLike '*(ConstrainedLanguage*not supported*'
    }

    It 'are shown with the status, as warnings' {
        $place = New-Place -Below $TestDrive -Name 'Daten'
        Mock -ModuleName SpareKey -CommandName Test-ScriptPolicy -MockWith { 'sign the scripts' }
        $warnings = @()
        $null = Get-SpareKeyStatus @place -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings).Message | Should -BeExactly @('sign the scripts')
    }
}
