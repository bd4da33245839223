# Writes packages whose bytes depend on their content alone.

# The .nuspec of a package, with the newest section of the changelog as its release notes.
function Get-PackageDescription([string] $Path, [string] $Changelog) {
    $notes = (Get-Content -Raw $Changelog) -replace '(?s)^.*?\n## [^\n]*\n+(.*?)(\n## .*)?$', '$1'
    $element = "<releaseNotes>$([System.Security.SecurityElement]::Escape($notes.Trim()))</releaseNotes>"
    $archive = [System.IO.Compression.ZipFile]::OpenRead($Path)
    try {
        $entry = $archive.Entries.Where{ $_.FullName -like '*.nuspec' }[0]
        $reader = [System.IO.StreamReader]::new($entry.Open())
        try { $description = $reader.ReadToEnd() -replace "`r`n", "`n" } finally { $reader.Dispose() }
    }
    finally { $archive.Dispose() }
    $old = [regex]::Match($description, '(?s)<releaseNotes>.*?</releaseNotes>')
    if (-not $old.Success) { throw "The description of $Path has no release notes." }
    $description.Replace($old.Value, $element)
}

# Writes a folder as a NuGet package (Open Packaging Conventions): sorted entries, all of one time.
function Write-DeterministicPackage([string] $Path, [string] $Folder, [string] $Description) {
    $names = [string[]] (Get-ChildItem $Folder -Recurse -File).ForEach{
        [System.IO.Path]::GetRelativePath($Folder, $_.FullName).Replace('\', '/')
    }
    [array]::Sort($names, [System.StringComparer]::Ordinal)
    $extensions = $names.ForEach{ [System.IO.Path]::GetExtension($_).TrimStart('.') } | Where-Object { $_ } |
        Sort-Object -Unique -CaseSensitive
    $types = ($extensions.ForEach{ "<Default Extension=`"$_`" ContentType=`"application/octet`" />" }) -join ''
    $parts = ($names.Where{ -not [System.IO.Path]::GetExtension($_) }.ForEach{
            "<Override PartName=`"/$_`" ContentType=`"application/octet`" />"
        }) -join ''
    $head = '<?xml version="1.0" encoding="utf-8"?>'
    $schema = 'http://schemas.openxmlformats.org/package/2006'
    $relationships = 'application/vnd.openxmlformats-package.relationships+xml'
    $stream = [System.IO.File]::Create($Path)
    $archive = [System.IO.Compression.ZipArchive]::new($stream, 'Create')
    try {
        Add-TextEntry $archive '[Content_Types].xml' ("$head<Types xmlns=`"$schema/content-types`">" +
            "<Default Extension=`"rels`" ContentType=`"$relationships`" />" +
            "<Default Extension=`"nuspec`" ContentType=`"application/octet`" />$types$parts</Types>")
        Add-TextEntry $archive '_rels/.rels' ("$head<Relationships xmlns=`"$schema/relationships`">" +
            '<Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" ' +
            'Target="/DeepPS.nuspec" Id="R1" /></Relationships>')
        Add-TextEntry $archive DeepPS.nuspec $Description
        foreach ($name in $names) {
            Add-Entry $archive $name ([System.IO.File]::ReadAllBytes((Join-Path $Folder $name)))
        }
    }
    finally {
        $archive.Dispose()
        $stream.Dispose()
    }
}

function Add-TextEntry($Archive, [string] $Name, [string] $Text) {
    Add-Entry $Archive $Name ([System.Text.UTF8Encoding]::new($false).GetBytes($Text))
}

function Add-Entry($Archive, [string] $Name, [byte[]] $Bytes) {
    $entry = $Archive.CreateEntry($Name, 'Optimal')
    $entry.LastWriteTime = [datetimeoffset]::new(1980, 1, 1, 0, 0, 0, [timespan]::Zero)
    # A plain file that its owner may write: -rw-r--r--.
    $entry.ExternalAttributes = 0x81A4 -shl 16
    $content = $entry.Open()
    try { $content.Write($Bytes, 0, $Bytes.Length) } finally { $content.Dispose() }
}
