function Write-CarriedFile {
    <#
    .SYNOPSIS
        Carries one item to its folder below a root: temporary name, flush, final name without replacing, read back.
    .DESCRIPTION
        The root is never made. A file of that name with the same content is as good as carried. Whatever fails is
        thrown, in words for Get-FailureText.
    .OUTPUTS
        delivered, or accepted where what was written cannot be read back.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [int] $Index,
        [Parameter(Mandatory = $true)] [string] $Root,
        # Of this PC's own pick-up: what lies there under that name is replaced.
        [switch] $Replace
    )
    $item = $script:Answer['carry'][$Index]
    foreach ($name in $item['folder'], $item['name']) {
        if (($name -match '[\\/:]') -or ($name.Trim('.', ' ').Length -eq 0)) {
            throw (New-SpareKeyException -ExitCode 3 -Message ('"{0}" is no name for a file' -f $name) -Hint $null)
        }
    }
    $replacing = $Replace -or $item['replace']
    $hash = $item['sha256']
    $folder = [System.IO.Path]::Combine($Root, $item['folder'])
    $final = ConvertTo-LongPath -Path ([System.IO.Path]::Combine($folder, $item['name']))
    # The same name for the same content: a place where nothing can be removed gets no second leftover of it.
    $temporary = ConvertTo-LongPath -Path ([System.IO.Path]::Combine($folder, '.spare-key-' + $hash.Substring(0, 16) + '.tmp'))
    $outcomes = @{ same = 'delivered'; closed = 'accepted' }
    $taken = New-SpareKeyException -ExitCode 3 -Message 'other content has the name' -Hint $null

    if (-not [System.IO.Directory]::Exists((ConvertTo-LongPath -Path $folder))) {
        [void][System.IO.Directory]::CreateDirectory((ConvertTo-LongPath -Path $folder))
    }
    if (-not $replacing -and [System.IO.File]::Exists($final)) {
        $state = Get-CarriedState -Index $Index -Path $final
        if ($state -eq 'other') {
            throw $taken
        }
        return $outcomes[$state]
    }
    try {
        Write-NewFile -Index $Index -Path $temporary
        if ($replacing) {
            Move-Replacing -Path $temporary -Destination $final
        } else {
            try {
                Move-WithoutReplacing -Path $temporary -Destination $final
            } catch {
                # Somebody was faster, or the place does not show what it holds.
                if (-not [System.IO.File]::Exists($final)) {
                    if ($_.Exception.GetBaseException() -isnot [System.UnauthorizedAccessException]) {
                        throw
                    }
                    # A drop box lets nothing that lies in it be renamed. What is cut short here is other content to
                    # the next run, which takes another name.
                    Write-NewFile -Index $Index -Path $final -NeverReplace
                } elseif ((Get-CarriedState -Index $Index -Path $final) -eq 'other') {
                    throw $taken
                }
            }
        }
    } finally {
        Remove-Temporary -Path $temporary
    }
    $state = Get-CarriedState -Index $Index -Path $final
    if ($state -eq 'other') {
        $message = 'what was read back differs from what was written'
        throw (New-SpareKeyException -ExitCode 3 -Message $message -Hint $null)
    }
    return $outcomes[$state]
}
