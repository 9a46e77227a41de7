<#
    Stands in for schtasks.exe, for Wine's own takes every order and does nothing: keeps the XML of each task in a
    file, gives it back, and on /Run starts what it says. It has no clock, no events and no users of its own: nothing
    of what Task Scheduler itself does is tested by it.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)

function Get-Word {
    # The word after a switch; $null without it.
    param([string[]] $Words, [string] $Name)
    for ($at = 0; $at -lt $Words.Count; $at++) {
        if ($Words[$at] -eq $Name) {
            return $(if ($at + 1 -lt $Words.Count) { $Words[$at + 1] } else { '' })
        }
    }
}

$order = [string]$args[0]
$name = Get-Word -Words $args -Name '/TN'
if ([string]::IsNullOrEmpty($name)) {
    [Console]::Error.WriteLine('ERROR: this stand-in needs /TN')
    exit 1
}
$folder = 'C:\windows\Tasks\stand-in'
[void][System.IO.Directory]::CreateDirectory($folder)
$file = [System.IO.Path]::Combine($folder, [Uri]::EscapeDataString($name.TrimStart('\')) + '.xml')
if (($order -ne '/Create') -and -not [System.IO.File]::Exists($file)) {
    [Console]::Error.WriteLine('ERROR: The system cannot find the file specified.')
    exit 1
}
switch ($order) {
    '/Create' {
        $text = [System.IO.File]::ReadAllText((Get-Word -Words $args -Name '/XML'))
        # What is no XML is refused, as Windows does.
        [void][xml]$text
        [System.IO.File]::WriteAllText($file, $text, [System.Text.Encoding]::Unicode)
        [Console]::Out.WriteLine("SUCCESS: The scheduled task ""$name"" has successfully been created.")
    }
    '/Query' { [Console]::Out.WriteLine([System.IO.File]::ReadAllText($file)) }
    '/Delete' { [System.IO.File]::Delete($file) }
    '/End' { [Console]::Out.WriteLine('SUCCESS') }
    '/Change' {
        $task = [System.IO.File]::ReadAllText($file)
        $enabled = if ($args -contains '/DISABLE') { 'false' } else { 'true' }
        $task = [regex]::Replace($task, '(?s)(<Settings>.*?)<Enabled>\w+</Enabled>', "`$1<Enabled>$enabled</Enabled>")
        [System.IO.File]::WriteAllText($file, $task, [System.Text.Encoding]::Unicode)
    }
    '/Run' {
        $task = [xml][System.IO.File]::ReadAllText($file)
        $action = $task.Task.Actions.Exec
        $start = [System.Diagnostics.ProcessStartInfo]::new([Environment]::ExpandEnvironmentVariables($action.Command))
        $start.Arguments = $action.Arguments
        $start.UseShellExecute = $false
        # Pipes of nobody: the task must not hold those of whoever ordered it.
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $log = [System.IO.Path]::ChangeExtension($file, '.log')
        $process.StandardInput.Close()
        $talk = $process.StandardError.ReadToEndAsync()
        [System.IO.File]::WriteAllText($log, $process.StandardOutput.ReadToEnd() + $talk.Result)
        $process.WaitForExit()
        [System.IO.File]::AppendAllText($log, "exit $($process.ExitCode)")
    }
    default {
        [Console]::Error.WriteLine("ERROR: this stand-in does not know $order")
        exit 1
    }
}
exit 0
