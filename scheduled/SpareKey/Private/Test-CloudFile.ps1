function Test-CloudFile {
    <#
    .SYNOPSIS
        Tells by its attributes whether OneDrive has uploaded and freed a file. Such a file is never opened: that would
        fetch it.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [System.IO.FileSystemInfo] $File)
    # winnt.h: FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS, _RECALL_ON_OPEN, _OFFLINE.
    return ([int]$File.Attributes -band (0x400000 -bor 0x40000 -bor 0x1000)) -ne 0
}
