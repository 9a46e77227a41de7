function Get-ProgramFile {
    <#
    .SYNOPSIS
        Lists the files of the program in a folder: what a release holds, and nothing else that may lie beside it.
    .OUTPUTS
        Paths from the folder on, sorted.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Folder)
    if (-not [System.IO.Directory]::Exists($Folder)) {
        return
    }
    $deno = [System.IO.Path]::GetFileName((Get-DefaultPath -Name 'DenoPath'))
    $names = [System.Collections.Generic.List[string]]::new()
    foreach ($file in [System.IO.Directory]::GetFiles($Folder)) {
        $name = [System.IO.Path]::GetFileName($file)
        if (($name -eq $deno) -or ($name -match '\.(?:js|map|ps1|cmd|json|md)$') -or ($name -eq 'LICENSE')) {
            $names.Add($name)
        }
    }
    foreach ($part in 'SpareKey', 'policy', 'intune', 'licences') {
        $inner = [System.IO.Path]::Combine($Folder, $part)
        if ((Get-PathKind -Path $inner) -eq 'folder') {
            foreach ($file in [System.IO.Directory]::GetFiles($inner, '*', [System.IO.SearchOption]::AllDirectories)) {
                $names.Add($file.Substring($Folder.Length).TrimStart('\', '/'))
            }
        }
    }
    $names.Sort([System.StringComparer]::OrdinalIgnoreCase)
    return $names.ToArray()
}
