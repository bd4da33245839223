# Why the module could not be imported, in one sentence.
param(
    # What PowerShell says.
    [System.Management.Automation.ErrorRecord] $ErrorRecord,

    # The folder of the assemblies.
    [string] $Folder
)

if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    throw ("DeepPS needs the language mode FullLanguage, and this session has " +
        "$($ExecutionContext.SessionState.LanguageMode): ask your administrator to allow DeepPS in the " +
        'application control policy, for which its files can be signed.')
}
if (-not (Test-Path -LiteralPath "$Folder/DeepPS.dll")) {
    throw "DeepPS is not built: $Folder has no DeepPS.dll. Run ./build.sh build or " +
        './build.ps1 -Task Build first.'
}
throw $ErrorRecord.Exception.InnerException ?? $ErrorRecord
