function Get-FailureText {
    <#
    .SYNOPSIS
        Says in English why a file or a place could not be used, with the code, whatever the language of Windows.
    .OUTPUTS
        A text such as: the disk there is full (0x80070070)
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [System.Exception] $Exception)

    # Win32 error codes (winerror.h) that file servers, redirectors and OneDrive give.
    $words = @{
        2    = 'the file is not there'
        3    = 'the folder is not there'
        5    = 'access is denied'
        19   = 'the place is read-only'
        21   = 'the drive is not ready'
        31   = 'the device does not work'
        32   = 'another program holds the file open'
        33   = 'another program holds a part of the file'
        39   = 'the disk there is full'
        51   = 'the server does not listen'
        53   = 'the server was not found'
        54   = 'the network is busy'
        58   = 'the server cannot do it'
        59   = 'the network failed'
        64   = 'the connection was lost'
        65   = 'the network refuses access'
        67   = 'the server has no share of this name'
        71   = 'the server takes no more connections'
        80   = 'the name is taken'
        86   = 'the stored password is wrong'
        112  = 'the disk there is full'
        121  = 'the server did not answer in time'
        123  = 'the name is not allowed there'
        183  = 'the name is taken'
        206  = 'the path is too long'
        362  = 'OneDrive does not run'
        1203 = 'the server was not found'
        1219 = 'Windows is connected to this server as somebody else already'
        1222 = 'there is no network'
        1231 = 'the network cannot be reached'
        1232 = 'the server cannot be reached'
        1240 = 'the server does not let this account in'
        1256 = 'the server cannot be reached'
        1265 = 'no domain controller can be reached'
        1272 = 'Windows refuses servers that let in guests without a password'
        1295 = 'the quota there is used up'
        1311 = 'no domain controller can be reached'
        1326 = 'the server refuses user name or password'
        1327 = 'the account is restricted there'
        1330 = 'the password has expired'
        1331 = 'the account is disabled'
        1385 = 'the account may not come from the network'
        1396 = 'the server is not the one that the name stands for'
        1789 = 'the domain does not trust this PC'
        1907 = 'the password must be changed first'
        1909 = 'the account is locked'
    }
    $reason = $Exception.GetBaseException()
    if ($reason.Data.Contains('SpareKeyExitCode')) {
        # One of our own: it is English already.
        return $reason.Message
    }
    $code = [long]$reason.HResult -band 0xFFFFFFFFL
    $native = Get-MemberValue -InputObject $reason -Name 'NativeErrorCode'
    if ($null -ne $native) {
        # System.ComponentModel.Win32Exception has the same HRESULT for all. FACILITY_WIN32 is 7.
        $code = 0x80070000L -bor ([long]$native -band 0xFFFFL)
    }
    $text = ConvertTo-HResultText -Code $code
    $number = [int]($code -band 0xFFFFL)
    if ((($code -band 0xFFFF0000L) -eq 0x80070000L) -and $words.ContainsKey($number)) {
        return '{0} ({1})' -f $words[$number], $text
    }
    if ($reason -is [System.UnauthorizedAccessException]) {
        return '{0} ({1})' -f $words[5], $text
    }
    if ($reason -is [System.IO.PathTooLongException]) {
        return '{0} ({1})' -f $words[206], $text
    }
    return '{0} ({1})' -f $reason.Message.TrimEnd('.', ' '), $text
}
