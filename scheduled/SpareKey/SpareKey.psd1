@{
    RootModule           = 'SpareKey.psm1'
    ModuleVersion        = '1.0.0'
    GUID                 = 'b1d0a7c2-6a0f-4b53-9d0e-3f2c8d1e5a47'
    Author               = 'Spare Key contributors'
    CompanyName          = 'Spare Key'
    Copyright            = '(c) Spare Key contributors. MIT License.'
    Description          = 'Collects what Windows says about BitLocker, starts the sandboxed program that decides, and shows what it knows.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FunctionsToExport    = @(
        'Find-SpareKey'
        'Get-SpareKeyHealth'
        'Get-SpareKeyHistory'
        'Get-SpareKeyInstallation'
        'Get-SpareKeySnapshot'
        'Get-SpareKeyStatus'
        'Install-SpareKey'
        'Invoke-SpareKey'
        'Repair-SpareKey'
        'Set-SpareKeySecret'
        'Test-SpareKeyInstallation'
        'Uninstall-SpareKey'
    )
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
}
