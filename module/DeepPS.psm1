# Loads the cmdlets into a load context of their own. See src/DeepPS.Loader.
try {
    $module = Import-Module -PassThru -Assembly (
        [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/DeepPS.Loader.dll").GetType(
            'DeepPS.Loader.ModuleLoader')::Load("$PSScriptRoot/bin"))
}
catch {
    # A file of its own: PowerShell reads and compiles each line here in every import.
    & "$PSScriptRoot/ImportError.ps1" $_ "$PSScriptRoot/bin"
}

# PowerShell keeps the module of an assembly after the module that imported it was removed. The next import would then
# get its cmdlets without exporting them.
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module -ModuleInfo $module -Force }
