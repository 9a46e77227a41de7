function Assert-TemplateOwner {
    <#
    .SYNOPSIS
        Refuses own templates that belong to anybody but SYSTEM or the administrators, or are reached through a link:
        whoever can write a page that shows keys can send them away. Elsewhere than on Windows the program looks itself.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $DataFolder)
    $folder = [System.IO.Path]::Combine($DataFolder, 'templates')
    if (-not (Test-Windows) -or -not [System.IO.Directory]::Exists($folder)) {
        return
    }
    # SYSTEM, the group of administrators, and the installer of Windows: well-known SIDs, the same in every language.
    $trusted = @('S-1-5-18', 'S-1-5-32-544', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464')
    foreach ($path in @($folder) + [System.IO.Directory]::GetFiles($folder)) {
        $owner = (Get-Acl -LiteralPath $path).GetOwner([System.Security.Principal.SecurityIdentifier]).Value
        $isLink = ([System.IO.File]::GetAttributes($path) -band [System.IO.FileAttributes]::ReparsePoint) -ne 0
        if ($isLink -or ($trusted -notcontains $owner)) {
            $problem = @{ ExitCode = 10; Message = 'Cannot use the template "{0}": its owner is {1}, or it is a link' -f $path, $owner }
            throw (New-SpareKeyException @problem -Hint 'let SYSTEM or the administrators own the folder "templates" and all in it')
        }
    }
}
