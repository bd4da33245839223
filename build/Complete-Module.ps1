# Part of New-Package.ps1: completes the manifest and writes the licences of others.
. "$PSScriptRoot/Notices.ps1"
$manifest = Join-Path $Module DeepPS.psd1

# The manifest gets what depends on the release. The release notes are in the package's description: an import reads the
# whole manifest, and would take milliseconds longer.
$data = [ordered]@{
    ReleaseNotes = "See CHANGELOG.md in the module's folder."
    Prerelease = $Prerelease
    ProjectUri = $ProjectUri
    LicenseUri = $LicenseUri
}
$lines = foreach ($name in $data.Keys) {
    if ("$($data[$name])") { "            $name = '$("$($data[$name])" -replace "'", "''")'" }
}
$text = (Get-Content -Raw $manifest).Replace("PSData = @{`n", "PSData = @{`n$($lines -join "`n")`n")
[System.IO.File]::WriteAllText($manifest, $text)
$null = Test-ModuleManifest $manifest

$lists = Get-Content "$artifacts/pack/packages/*.txt" | Sort-Object -Unique
[System.IO.File]::WriteAllText("$Module/THIRD-PARTY-NOTICES.txt", (Get-ThirdPartyNotice $lists $Packages))
