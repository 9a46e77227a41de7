function Invoke-SideBySide {
    <#
    .SYNOPSIS
        Runs one function of this module for each of several places at the same time, each with a time limit.
    .DESCRIPTION
        Each runs in a runspace of its own that has those functions and, by reference, the module's secrets and answer:
        they pass no parameter. Windows can leave a call to a dead server hanging for minutes, and nothing ends it; so
        one that is late is abandoned, and its name kept in $script:Abandoned until the process ends.
    .OUTPUTS
        A hashtable: name to @{ Value; Error }, one of which is null.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        # Dictionaries with Name (of the place), Command, Parameter (a hashtable without secrets) and Seconds.
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Job
    )
    $answers = @{}
    if ($Job.Count -eq 0) {
        return $answers
    }
    $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
    $names = @(
        'Connect-Share', 'ConvertTo-CommandLine', 'ConvertTo-HResultText', 'ConvertTo-LongPath', 'Disconnect-Share', 'Find-Link',
        'Get-CarriedState', 'Get-ContentHash', 'Get-ContentLength', 'Get-FailureText', 'Get-MemberValue', 'Get-RootAttribute', 'Get-SubFolder', 'Invoke-WindowsTool', 'Move-Replacing', 'Move-WithoutReplacing',
        'New-SpareKeyException', 'Read-JsonFile', 'Read-JsonTree', 'Read-PlaceFolder', 'Read-PlaceListing', 'Remove-Temporary',
        'Send-PickupReport', 'Send-SpareKeyReport', 'Start-PickupTask', 'Test-CloudFile', 'Test-SameFile', 'Test-Windows',
        'Write-CarriedFile', 'Write-NewFile'
    )
    foreach ($name in $names) {
        $function = $ExecutionContext.InvokeCommand.GetCommand($name, [System.Management.Automation.CommandTypes]::Function)
        $entry = [System.Management.Automation.Runspaces.SessionStateFunctionEntry]::new($name, $function.Definition)
        $state.Commands.Add($entry)
    }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $running = @(foreach ($item in $Job) {
            $space = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($state)
            $space.Open()
            # In a runspace without a script file $script: is the global scope.
            $space.SessionStateProxy.SetVariable('Secrets', $script:Secrets)
            $space.SessionStateProxy.SetVariable('Answer', $script:Answer)
            $space.SessionStateProxy.SetVariable('ErrorActionPreference', 'Stop')
            $space.SessionStateProxy.SetVariable('ProgressPreference', 'SilentlyContinue')
            $shell = [System.Management.Automation.PowerShell]::Create()
            $shell.Runspace = $space
            [void]$shell.AddCommand('Set-StrictMode').AddParameter('Version', '3.0').AddStatement()
            [void]$shell.AddCommand($item['Command']).AddParameters($item['Parameter'])
            # A second more than each has: whoever keeps to its time is not cut off at its last word.
            $until = $clock.ElapsedMilliseconds + [long]($item['Seconds'] * 1000) + 1000
            @{ Item = $item; Space = $space; Shell = $shell; Until = $until; Handle = $shell.BeginInvoke() }
        })
    foreach ($one in $running) {
        $name = $one['Item']['Name']
        $answer = @{ Value = $null; Error = $null }
        $left = [int][System.Math]::Max(0, $one['Until'] - $clock.ElapsedMilliseconds)
        if (-not $one['Handle'].AsyncWaitHandle.WaitOne($left)) {
            $answer['Error'] = 'it did not answer within {0} seconds' -f [System.Math]::Ceiling($one['Item']['Seconds'])
            # Ends it should it ever come back. Closing would wait for it.
            [void]$one['Shell'].BeginStop($null, $null)
            [void]$script:Abandoned.Add($name)
        } else {
            try {
                $answer['Value'] = @($one['Shell'].EndInvoke($one['Handle']))[-1]
            } catch {
                $answer['Error'] = Get-FailureText -Exception $_.Exception
            }
            $one['Shell'].Dispose()
            $one['Space'].Dispose()
        }
        $answers[$name] = $answer
    }
    return $answers
}
