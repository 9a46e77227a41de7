function Assert-TemplateOwner {
    <#
    .SYNOPSIS
        Refuses own templates that anybody but SYSTEM and the administrators owns or may change, and links: whoever can
        write a page that shows keys can send them away. Elsewhere than on Windows the program looks itself.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $DataFolder)
    $folder = [System.IO.Path]::Combine($DataFolder, 'templates')
    if (-not (Test-Windows) -or -not [System.IO.Directory]::Exists($folder)) {
        return
    }
    $paths = [System.Collections.Generic.List[string]]::new()
    $paths.Add($folder)
    for ($at = 0; $at -lt $paths.Count; $at++) {
        $problem = 'it is a link'
        if ((Get-PathKind -Path $paths[$at]) -ne 'link') {
            $problem = Find-ForeignRight -Sddl (Read-FolderSddl -Path $paths[$at])
        }
        if (-not [string]::IsNullOrEmpty($problem)) {
            $message = 'Cannot use the template "{0}": {1}' -f $paths[$at], $problem
            throw (New-SpareKeyException -ExitCode 10 -Message $message -Hint 'let SYSTEM and the administrators alone own and change the folder "templates" and all in it')
        }
        if ($at -eq 0) {
            # Only now: of a link nothing is listed.
            $paths.AddRange([System.IO.Directory]::GetFiles($folder))
        }
    }
}
