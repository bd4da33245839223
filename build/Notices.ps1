# Collects the licences of the packages that the module contains.

# The text of THIRD-PARTY-NOTICES.txt for packages given as NAME/VERSION.
function Get-ThirdPartyNotice([string[]] $Names, [string] $Folder) {
    $line = '=' * 78
    $seen = @{}
    $parts = foreach ($name in $Names) {
        $package = Join-Path $Folder $name.ToLowerInvariant()
        $nuspec = ([xml](Get-Content -Raw (Get-ChildItem $package -Filter *.nuspec).FullName)).package.metadata
        $licence = Get-PropertyText $nuspec license
        "$line`n$($nuspec.id) $($nuspec.version)`n$(Get-PropertyText $nuspec copyright)`nLicence: $licence`n$line`n"
        $texts = Get-ChildItem $package -File |
            Where-Object Name -Match '^(LICEN[CS]E|NOTICE|THIRD-PARTY).*\.(txt|md)$' | Sort-Object Name
        if ($texts) {
            foreach ($text in $texts) {
                $hash = (Get-FileHash $text).Hash
                if ($seen[$hash]) { "$($text.Name): as that of $($seen[$hash]).`n" }
                else {
                    $seen[$hash] = $nuspec.id
                    (Get-Content -Raw $text) + "`n"
                }
            }
        }
        else { (Get-StandardLicence $licence) + "`n" }
    }
    $font = "$line`nInter, the font of contact sheets`n" +
    "Copyright 2020 The Inter Project Authors`nLicence: OFL-1.1`n$line`n`n$(Get-StandardLicence OFL-1.1)"
    $intro = "DeepPS contains the following software of others. libtorch is not part of it: Install-DlRuntime`n" +
    "downloads it with its own licences.`n"
    (@($intro) + $parts + $font -join "`n") -replace "`r`n", "`n"
}

# The standard text of a licence; of several the one that this folder has.
function Get-StandardLicence([string] $Expression) {
    foreach ($name in $Expression -split ' OR ') {
        $file = "$PSScriptRoot/licences/$name.txt"
        if (Test-Path $file) { return Get-Content -Raw $file }
    }
    throw "A package has the licence '$Expression' and no licence file. Add its text to build/licences."
}

function Get-PropertyText($Element, [string] $Name) {
    $node = $Element.SelectSingleNode("*[local-name()='$Name']")
    if ($node) { $node.InnerText.Trim() }
}
