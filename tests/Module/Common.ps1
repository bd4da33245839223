# Shared by the tests. Each file loads it at discovery and before it runs.
$ManifestPath = (Resolve-Path "$PSScriptRoot/../../DeepPS.psd1").Path
Import-Module $ManifestPath
$ProgressPreference = 'SilentlyContinue'

# Real data is in a folder next to the repository, if it exists.
$SharedData = $PSScriptRoot
while ($SharedData -and -not (Test-Path "$SharedData/shared/data")) { $SharedData = Split-Path $SharedData }
if ($SharedData) { $SharedData = "$SharedData/shared/data" }

# Whether the machine may have a device of its own for CUDA.
$HasNvidia = Test-Path ($IsWindows ? "$env:SystemRoot/System32/nvcuda.dll" : '/dev/nvidia0')

# Starts another PowerShell like this one. As a .NET tool this process is dotnet, which runs pwsh.dll.
$Shell = [Environment]::ProcessPath
$ShellArguments = @(if ((Split-Path $Shell -LeafBase) -eq 'dotnet') { Join-Path $PSHOME pwsh.dll }) + '-NoProfile',
    '-NonInteractive'

# Runs a script in another PowerShell and returns the lines of its output.
function Invoke-DlShell([scriptblock] $Script, [string[]] $ArgumentList = @()) {
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "deepps-$([guid]::NewGuid()).ps1"
    Set-Content -LiteralPath $file $Script
    try { & $Shell @ShellArguments -File $file @ArgumentList }
    finally { Remove-Item -LiteralPath $file }
}

# Starts a script file in another PowerShell and returns the process. Output goes to the files NAME.out and NAME.err.
function Start-DlShell([string] $File, [object[]] $ArgumentList, [string] $Output) {
    $quoted = @($ShellArguments) + '-File', $File + $ArgumentList | ForEach-Object { "`"$_`"" }
    $files = @{ RedirectStandardOutput = "$Output.out"; RedirectStandardError = "$Output.err" }
    # Its own console would be a window on Windows.
    $process = Start-Process $Shell -ArgumentList $quoted -PassThru -NoNewWindow @files
    # Windows gives the exit code only to those who opened the process while it ran.
    $null = $process.Handle
    $process
}

# The errors of a command, terminating or not.
function Get-DlError([scriptblock] $Command) {
    try {
        $null = & $Command 2>&1 |
            Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } -OutVariable written
    }
    catch { $written = $_ }
    $written
}

# Asserts one error record with an identifier, a category and words in its message.
function Assert-DlError([scriptblock] $Command, [string] $Id, [string] $Category, [string[]] $Says = @()) {
    $errors = @(Get-DlError $Command)
    $errors.Count | Should -Be 1 -Because 'one thing is wrong'
    ($errors[0].FullyQualifiedErrorId -split ',')[0] | Should -Be $Id
    $errors[0].CategoryInfo.Category | Should -Be $Category
    foreach ($words in $Says) { "$($errors[0])" | Should -BeLike "*$words*" }
}

# The completions of a text.
function Get-DlCompletion([string] $Text) {
    (TabExpansion2 -inputScript $Text -cursorColumn $Text.Length).CompletionMatches.CompletionText
}

# A small split dataset of three classes, and a small model for it.
function New-DlTestSplit { New-DlDataset Blobs 150 -Seed 1 | Split-DlDataset -Validation 0.2 -Test 0.2 -Seed 1 }

function New-DlTestModel { New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel -Seed 1 }

function New-DlTrainedModel {
    New-DlTestModel |
        Invoke-DlTraining -Data (New-DlTestSplit) -Epochs 20 -Optimizer (New-DlOptimizer Adam 0.02) -Seed 1 -PassThru
}

# The package of libtorch that the build restored, if the NuGet folder has it.
function Get-DlTorchPackage {
    $packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : (Join-Path $HOME .nuget/packages)
    $platform = $IsWindows ? 'win-x64' : $IsMacOS ? 'osx-arm64' : 'linux-x64'
    $file = Join-Path $packages "libtorch-cpu-$platform/2.10.0/libtorch-cpu-$platform.2.10.0.nupkg"
    if (Test-Path $file) { $file }
}

# Copies the module to a folder, without some files of bin, and returns the path of the copy's manifest.
function Copy-DlModule([string] $Destination, [string[]] $Exclude) {
    $source = Split-Path $ManifestPath
    $null = New-Item -ItemType Directory $Destination
    Copy-Item $ManifestPath $Destination
    foreach ($file in Get-ChildItem "$source/module" -Recurse -File -Exclude $Exclude) {
        $folder = Join-Path $Destination ([System.IO.Path]::GetRelativePath($source, $file.DirectoryName))
        $null = New-Item -ItemType Directory $folder -Force
        Copy-Item $file $folder
    }
    "$Destination/DeepPS.psd1"
}
