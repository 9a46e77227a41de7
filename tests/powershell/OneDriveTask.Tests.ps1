BeforeAll {
    Set-StrictMode -Version 3.0
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'TestKit.psm1')) -Force
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'CarryKit.psm1')) -Force -Global
    Import-TestModule
    $anna = 'S-1-5-21-1-2-3-1001'
    $bob = 'S-1-12-1-4-5-6-7'
    $digits = '249425-539187-330363-273262-016346-600963-497299-188144'
}

AfterAll {
    Remove-Module -Name CarryKit
}

Describe 'The task of a user whom the installation did not know' {
    BeforeEach {
        $data = New-Folder -Name 'data'
        [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($data, 'tasks'))
        $null = Set-File -Path ([System.IO.Path]::Combine($data, 'tasks', "OneDrive $bob.xml")) -Text 'kept'
        Mock -ModuleName SpareKey -CommandName Test-Windows -MockWith { $true }
        Mock -ModuleName SpareKey -CommandName Register-Task -MockWith { }
        Mock -ModuleName SpareKey -CommandName Read-WantedTask -MockWith {
            foreach ($name in 'Nightly', 'OneDrive S-1-5-21-1-2-3-1001', 'OneDrive S-1-12-1-4-5-6-7') {
                @{ name = '\Spare Key\' + $name; xml = '<Task />' }
            }
        }

        function Sync-Now {
            param([string[]] $Sid)
            $places = @(foreach ($one in $Sid) { [ordered]@{ Name = 'a'; Kind = 'onedrive'; Sid = $one } }) + @([ordered]@{ Name = 'b'; Kind = 'share'; Sid = $null })
            InModuleScope -ModuleName SpareKey -Parameters @{ Place = $places; Data = $data } -ScriptBlock {
                Sync-PickupTask -Place $Place -DataFolder $Data 3>&1
            }
        }
    }

    It 'is made by the first night that knows him, and no other task' {
        @(Sync-Now -Sid $bob, $anna).Count | Should -Be 0
        Should -Invoke -ModuleName SpareKey -CommandName Register-Task -Times 1 -Exactly
        Should -Invoke -ModuleName SpareKey -CommandName Register-Task -Times 1 -Exactly -ParameterFilter { $Name -eq '\Spare Key\OneDrive S-1-5-21-1-2-3-1001' }
    }

    It 'costs nothing once it is there, and nothing where Spare Key was not installed' {
        @(Sync-Now -Sid $bob).Count | Should -Be 0
        [System.IO.Directory]::Delete([System.IO.Path]::Combine($data, 'tasks'), $true)
        @(Sync-Now -Sid $anna).Count | Should -Be 0
        Should -Invoke -ModuleName SpareKey -CommandName Read-WantedTask -Times 0 -Exactly
    }

    It 'that cannot be made is a warning, and the night goes on' {
        Mock -ModuleName SpareKey -CommandName Register-Task -MockWith { throw 'no such account' }
        [string](Sync-Now -Sid $anna) | Should -BeExactly 'Cannot make the task "\Spare Key\OneDrive S-1-5-21-1-2-3-1001": no such account'
    }
}

Describe 'The user''s task Copy-SpareKeyPickup.ps1' {
    BeforeEach {
        $mine = New-Folder -Name 'OneDrive'
        $pickup = New-Folder -Name 'pickup'
        $null = Set-File -Path ([System.IO.Path]::Combine($pickup, 'target.txt')) -Text $mine
        $null = Set-File -Path ([System.IO.Path]::Combine($pickup, 'ANNA-LAPTOP', 'a.TXT')) -Text $digits
        $null = Set-File -Path ([System.IO.Path]::Combine($pickup, 'ANNA-LAPTOP', 'status.json')) -Text 'new'
        $folder = [System.IO.Path]::Combine($mine, 'Spare Key', 'ANNA-LAPTOP')

        function Invoke-Copy {
            # In a PowerShell of its own, whose registry names one account without and one with a folder.
            param([string] $Own = $mine)
            $code = "function global:Get-ItemProperty { param(`$Path, `$Name) [PSCustomObject]@{ UserFolder = '' }; [PSCustomObject]@{ UserFolder = '$Own' } }; " +
                "& '$(Get-RepositoryPath scheduled Copy-SpareKeyPickup.ps1)' -Pickup '$pickup'; exit `$LASTEXITCODE"
            $output = & (Get-PowerShellPath) -NoProfile -NonInteractive -Command $code 2>&1
            return @{ Code = $LASTEXITCODE; Text = [string]::Join(' ', @($output)) }
        }
    }

    It 'copies reports and status.json, and does nothing the second time; nothing leaves the pick-up' {
        $null = Set-File -Path ([System.IO.Path]::Combine($folder, 'status.json')) -Text 'old'
        $null = Set-File -Path ([System.IO.Path]::Combine($pickup, 'ANNA-LAPTOP', '.spare-key-1.tmp')) -Text 'half'
        foreach ($time in 1, 2) {
            $run = Invoke-Copy
            $run.Text | Should -BeExactly ''
            $run.Code | Should -Be 0
            [System.IO.File]::ReadAllText([System.IO.Path]::Combine($folder, 'a.TXT')) | Should -BeExactly $digits
            [System.IO.File]::ReadAllText([System.IO.Path]::Combine($folder, 'status.json')) | Should -BeExactly 'new'
            @([System.IO.Directory]::GetFiles($folder)).Count | Should -Be 2
            @([System.IO.Directory]::GetFiles($pickup, '*', 'AllDirectories')).Count | Should -Be 4
        }
    }

    It 'copies nothing into a folder that is not one of his own OneDrive' {
        $run = Invoke-Copy -Own (New-Folder)
        $run.Code | Should -Be 10
        $run.Text | Should -Match 'not the folder of an OneDrive account'
        @([System.IO.Directory]::GetFileSystemEntries($mine)).Count | Should -Be 0
    }

    It 'leaves other content of the name, says so without digits, and copies the rest' {
        $file = Set-File -Path ([System.IO.Path]::Combine($folder, 'a.TXT')) -Text 'other'
        $null = Set-File -Path ([System.IO.Path]::Combine($pickup, 'ANNA-LAPTOP', 'b.TXT')) -Text 'b'
        $run = Invoke-Copy
        $run.Code | Should -Be 3
        $run.Text | Should -BeExactly 'Cannot copy "a.TXT": other content has the name'
        [System.IO.File]::ReadAllText($file) | Should -BeExactly 'other'
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($folder, 'b.TXT')) | Should -BeExactly 'b'
    }

    It 'has nothing to do without a note, and says when the folder is gone' {
        [System.IO.Directory]::Delete($mine, $true)
        (Invoke-Copy).Code | Should -Be 3
        [System.IO.File]::Delete([System.IO.Path]::Combine($pickup, 'target.txt'))
        (Invoke-Copy).Code | Should -Be 0
    }
}
