<#
    A small Windows for the tests of installation: registry, Task Scheduler and rights in memory, by mocks that the
    functions below answer. Rights lie in a file of the folder, so that they move with it.
#>
Set-StrictMode -Version 3.0

$script:Closed = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
$script:Registry = @{}
$script:Tasks = @{}
$script:Calls = [System.Collections.Generic.List[string]]::new()
$script:Rights = @{}

function Reset-Windows {
    $script:Registry = @{}
    $script:Tasks = @{}
    $script:Rights = @{}
    $script:Calls.Clear()
    $script:Silent = $false
    $script:RefuseCreate = $false
}

function Get-WindowsState {
    return @{ Registry = $script:Registry; Tasks = $script:Tasks; Calls = $script:Calls; Rights = $script:Rights }
}

function Set-WindowsBehaviour {
    # Silent: Task Scheduler answers without saying anything, as Wine's does. RefuseCreate: it takes no task.
    param([switch] $Silent, [switch] $RefuseCreate)
    $script:Silent = [bool]$Silent
    $script:RefuseCreate = [bool]$RefuseCreate
}

function Invoke-FakeTool {
    # schtasks.exe: what it stores it writes its own way, with a URI.
    param([string] $Name, [string[]] $Argument)
    $script:Calls.Add([string]::Join(' ', $Argument[0..([Math]::Min(2, $Argument.Length - 1))]))
    $task = $Argument[2]
    switch ($Argument[0]) {
        '/Query' {
            if ($script:Silent) {
                return @{ ExitCode = 0; Output = '' }
            }
            if ($script:Tasks.ContainsKey($task)) {
                return @{ ExitCode = 0; Output = "<?xml version=""1.0""?>`r`n" + $script:Tasks[$task] + "`r`n`r`n" }
            }
        }
        '/Create' {
            if (-not $script:RefuseCreate) {
                $bytes = [System.IO.File]::ReadAllBytes($Argument[4])
                if (($bytes[0] -ne 0xFF) -or ($bytes[1] -ne 0xFE)) {
                    throw 'The task XML has no byte order mark of UTF-16'
                }
                $xml = [System.IO.File]::ReadAllText($Argument[4])
                $script:Tasks[$task] = $xml.Substring($xml.IndexOf('<Task')).Replace('<Settings>', "<URI>$task</URI>`r`n<Settings>")
                return @{ ExitCode = 0; Output = 'SUCCESS' }
            }
        }
        '/Change' {
            if ($script:Tasks.ContainsKey($task)) {
                $script:Tasks[$task] = $script:Tasks[$task].Replace('<Enabled>false</Enabled>', '')
                if ($Argument[3] -eq '/DISABLE') {
                    $script:Tasks[$task] = $script:Tasks[$task].Replace('<Settings>', '<Settings><Enabled>false</Enabled>')
                }
                return @{ ExitCode = 0; Output = 'SUCCESS' }
            }
        }
        '/Delete' {
            if ($script:Tasks.ContainsKey($task)) {
                $script:Tasks.Remove($task)
                return @{ ExitCode = 0; Output = 'SUCCESS' }
            }
        }
        '/Run' {
            return @{ ExitCode = [int](-not $script:Tasks.ContainsKey($task)); Output = '' }
        }
    }
    return @{ ExitCode = 1; Output = 'ERROR: The system cannot find the file specified.' }
}

function Get-FakeSddl {
    # Of a folder what was set, of all else what is inherited in a closed folder.
    param([string] $Path)
    if ($script:Rights.ContainsKey($Path)) {
        return $script:Rights[$Path]
    }
    $file = [System.IO.Path]::Combine($Path, '.sddl')
    if ([System.IO.File]::Exists($file)) {
        return [System.IO.File]::ReadAllText($file)
    }
    return 'O:BAG:BAD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)'
}

function Set-FakeSddl {
    param([string] $Path, [string] $Sddl)
    $script:Rights.Remove($Path)
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine($Path, '.sddl'), $Sddl)
}

function Get-FakeRegistry {
    param([string] $Path, [string] $Name)
    return $script:Registry["$Path|$Name"]
}

function Set-FakeRegistry {
    param([string] $Path, [string] $Name, [object] $Value)
    $script:Registry["$Path|$Name"] = [string]$Value
}

function Remove-FakeRegistry {
    param([string] $Path)
    foreach ($name in @($script:Registry.Keys)) {
        if ($name.StartsWith("$Path|")) {
            $script:Registry.Remove($name)
        }
    }
}

Export-ModuleMember -Function '*-*'
