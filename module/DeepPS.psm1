# Loads the cmdlets into a load context of their own. See src/DeepPS.Loader.
$bin = Join-Path $PSScriptRoot 'bin'
if (-not (Test-Path -LiteralPath (Join-Path $bin 'DeepPS.dll'))) {
    throw "DeepPS is not built: $bin holds no DeepPS.dll. Run ./build.sh build (or ./build.ps1 -Task Build) in the checkout first."
}

$loader = [System.Reflection.Assembly]::LoadFrom((Join-Path $bin 'DeepPS.Loader.dll')).GetType('DeepPS.ModuleLoader')
try { $assemblies = $loader::Load($bin) }
catch { throw $_.Exception.InnerException ?? $_ }
$modules = Import-Module -Assembly $assemblies -PassThru

# PowerShell keeps a module that is made of an assembly after the one that imported it has gone, and would then
# give the next import its cmdlets without exporting them.
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module -ModuleInfo $modules -Force }
