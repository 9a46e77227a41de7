<#
    Stands in for WMI: Get-CimInstance and Invoke-CimMethod answer from a recording in tests/testdata/cim. Digits leave
    it as they leave the real cmdlets, as output.
#>
Set-StrictMode -Version 3.0

# Has the properties of Microsoft.Management.Infrastructure.CimException that tell one failure from another.
class RecordedCimException : System.Exception {
    [object] $NativeErrorCode
    [object] $StatusCode
    [object] $MessageId
    [object] $ErrorData
    RecordedCimException([string] $text) : base($text) {}
    [void] SetCode([int] $code) { $this.HResult = $code }
}

$script:Recording = $null
$script:Calls = New-Object -TypeName 'System.Collections.Generic.List[string]'

function Import-CimRecording {
    param([Parameter(Mandatory = $true)] [string] $Path)
    $script:Recording = [System.IO.File]::ReadAllText($Path) | ConvertFrom-Json -AsHashtable
    $script:Calls.Clear()
}

function Get-CimRecording {
    return $script:Recording
}

function Get-CimCall {
    return $script:Calls
}

function New-RecordedFailure {
    param([Parameter(Mandatory = $true)] [hashtable] $Throw)
    $exception = [RecordedCimException]::new($Throw['message'])
    $exception.NativeErrorCode = $Throw['NativeErrorCode']
    $exception.StatusCode = $Throw['StatusCode']
    $exception.MessageId = $Throw['MessageId']
    if ($Throw.ContainsKey('ErrorData')) {
        $exception.ErrorData = [PSCustomObject]$Throw['ErrorData']
    }
    if ($Throw.ContainsKey('HResult')) {
        $exception.SetCode($Throw['HResult'])
    }
    return $exception
}

function Get-CimInstance {
    [CmdletBinding()]
    param([string] $Namespace, [string] $ClassName, [uint32] $OperationTimeoutSec)
    $script:Calls.Add("$Namespace $ClassName")
    $answer = $script:Recording['classes'][$ClassName]
    if ($answer.ContainsKey('throw')) {
        throw (New-RecordedFailure -Throw $answer['throw'])
    }
    foreach ($row in $answer['rows']) {
        $copy = [ordered]@{}
        foreach ($key in $row.Keys) {
            $copy[$key] = $row[$key]
            if ($row[$key] -is [hashtable]) {
                $copy[$key] = [PSCustomObject]$row[$key]
            }
        }
        [PSCustomObject]$copy
    }
}

function Invoke-CimMethod {
    [CmdletBinding()]
    param([object] $InputObject, [string] $MethodName, [hashtable] $Arguments, [uint32] $OperationTimeoutSec)
    $id = ''
    $answer = $script:Recording['methods'][$InputObject.DeviceID][$MethodName]
    if (($null -ne $Arguments) -and $Arguments.ContainsKey('VolumeKeyProtectorID')) {
        $id = $Arguments['VolumeKeyProtectorID']
        $answer = $answer[$id]
    }
    $script:Calls.Add("$($InputObject.DeviceID) $MethodName $id")
    if ($null -eq $answer) {
        throw "The recording has no answer to $MethodName of $($InputObject.DeviceID) $id"
    }
    if ($answer.ContainsKey('throw')) {
        throw (New-RecordedFailure -Throw $answer['throw'])
    }
    [PSCustomObject]$answer
}

Export-ModuleMember -Function '*-Cim*'
