# The package of ./build.sh pack, installed by a user who has nothing else.
BeforeDiscovery {
    $Artifacts = Join-Path $PSScriptRoot ../../artifacts
    $HasPackage = [bool](Get-ChildItem $Artifacts -Filter *.nupkg -ErrorAction Ignore)
    . "$PSScriptRoot/Common.ps1"
    $HasTorch = [bool](Get-DlTorchPackage)
    if (-not $HasPackage) { Write-Warning 'Skipped: artifacts has no package. Run ./build.sh pack first.' }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $Root = (Resolve-Path "$PSScriptRoot/../..").Path
    $Package = (Get-ChildItem "$Root/artifacts" -Filter *.nupkg -ErrorAction Ignore).FullName
    $Module = Join-Path $Root artifacts/DeepPS
}

Describe 'The package' -Skip:(-not $HasPackage) {
    BeforeAll {
        Add-Type -AssemblyName System.IO.Compression.ZipFile
        $archive = [System.IO.Compression.ZipFile]::OpenRead($Package)
        $entries = @($archive.Entries)
    }

    AfterAll { $archive.Dispose() }

    It 'has the native libraries of <_>, and not libtorch' -ForEach linux-x64, win-x64, osx-arm64 {
        $names = $entries.FullName -like "module/bin/runtimes/$_/native/*" | Split-Path -Leaf
        $names -match '^(lib)?LibTorchSharp\.' | Should -HaveCount 1
        $names -match '^libSkiaSharp\.' | Should -HaveCount 1
        $names -match 'torch_cpu|c10' | Should -BeNullOrEmpty
        $entries.FullName | Should -Contain "module/bin/runtimes/$_/lib/DeepPS.Core.dll"
    }

    It 'has help, topics, licences and a manifest, and no symbols' {
        $entries.FullName | Should -Contain module/bin/en-US/DeepPS.dll-Help.xml
        $entries.FullName | Should -Contain module/bin/en-US/about_DeepPS.help.txt
        $entries.FullName | Should -Contain module/bin/DeepPS.Core.xml
        $entries.FullName | Should -Contain THIRD-PARTY-NOTICES.txt
        $entries.FullName | Should -Contain LICENSE
        $entries.FullName -like '*.pdb' | Should -BeNullOrEmpty
        (Get-Item $Package).Length | Should -BeLessThan 100MB
    }

    It 'has the changelog as release notes, and a manifest that is short to read' {
        $manifest = Import-PowerShellDataFile "$Module/DeepPS.psd1"
        $manifest.PrivateData.PSData.ReleaseNotes | Should -BeLike '*CHANGELOG.md*'
        $entries.FullName | Should -Contain CHANGELOG.md
        $reader = [System.IO.StreamReader]::new($entries.Where{ $_.FullName -eq 'DeepPS.nuspec' }[0].Open())
        try { $description = [xml] $reader.ReadToEnd() } finally { $reader.Dispose() }
        $description.package.metadata.releaseNotes | Should -BeLike "*Install-DlRuntime*On CUDA*torch's*"
    }

    It 'names every package whose files it has' {
        $notices = Get-Content -Raw "$Module/THIRD-PARTY-NOTICES.txt"
        foreach ($name in Get-Content "$Root/artifacts/pack/packages/*.txt" | Sort-Object -Unique) {
            $notices | Should -BeLike "*$($name -replace '/', ' ')*"
        }
        $notices | Should -BeLike '*SIL OPEN FONT LICENSE*'
    }

    It 'contains no path of the machine that built it' {
        foreach ($file in Get-ChildItem $Module -Recurse -File) {
            [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file)).Contains($Root) |
                Should -BeFalse -Because $file
        }
    }

    It 'has the same bytes when it is written again' {
        . "$Root/build/Archive.ps1"
        $description = Get-PackageDescription $Package "$Module/CHANGELOG.md"
        $hashes = foreach ($again in "$TestDrive/again.nupkg", "$TestDrive/and again.nupkg") {
            Get-ChildItem $Module -Recurse -File | ForEach-Object { $_.LastWriteTime = Get-Date }
            Write-DeterministicPackage $again $Module $description
            (Get-FileHash $again).Hash
        }
        $hashes[1] | Should -Be $hashes[0]
        # Another system's compression makes other bytes of the same files.
        if (Test-Path "$Root/DeepPS.sln") { $hashes[0] | Should -Be (Get-FileHash $Package).Hash }
    }

    It 'is published to a folder, and only with -Push' {
        $folder = (New-Item -ItemType Directory "$TestDrive/published").FullName
        $name = "deepps-test-$PID"
        Register-PSResourceRepository $name $folder -Trusted
        try {
            & "$Root/build/Publish-Package.ps1" -Repository $name | Should -BeLike 'Would publish DeepPS.*'
            Get-ChildItem $folder | Should -BeNullOrEmpty
            & "$Root/build/Publish-Package.ps1" -Repository $name -Push | Should -BeLike 'Published DeepPS.*'
            (Get-ChildItem $folder).Name | Should -Be (Split-Path $Package -Leaf)
        }
        finally { Unregister-PSResourceRepository $name }
    }
}

Describe 'A user with an empty profile' -Skip:(-not ($HasPackage -and $HasTorch)) {
    BeforeAll {
        # The first lines of the README are the test.
        $block = [regex]::Match((Get-Content -Raw "$Root/README.md"), '(?s)```powershell\r?\n(.*?)```').Groups[1].Value
        $work = (New-Item -ItemType Directory "$TestDrive/clean/work").FullName
        $random = [Random]::new(1)
        1..300 | ForEach-Object {
            $load = $random.NextDouble()
            $users = $random.Next(100)
            $priority = $load -gt 0.7 ? 'High' : $users -gt 60 ? 'Normal' : 'Low'
            [pscustomobject]@{ Load = $load; Users = $users; Team = @('Web', 'Mail')[$_ % 2]; Priority = $priority }
        } | Export-Csv "$work/tickets.csv"
        Import-Csv "$work/tickets.csv" | Select-Object Load, Users, Team -First 20 | Export-Csv "$work/new.csv"
        $modules = (New-Item -ItemType Directory "$TestDrive/clean/modules").FullName
        # On Windows the user's folders do not follow from the environment, and are left alone.
        $repository = "deepps-user-$PID"
        $install = $IsWindows ? "Save-PSResource DeepPS -Repository $repository -Path '$modules'" :
            "Install-PSResource DeepPS -Repository $repository"
        Set-Content "$work/session.ps1" @"
`$ErrorActionPreference = 'Stop'
`$ProgressPreference = 'SilentlyContinue'
Set-Location '$work'
Register-PSResourceRepository $repository '$(Split-Path $Package)' -Trusted -Force
$install
Unregister-PSResourceRepository $repository
(Get-Module DeepPS -ListAvailable).ModuleBase
try { Get-DlDevice } catch { `$_.FullyQualifiedErrorId }
(Install-DlRuntime -Source '$(Split-Path (Get-DlTorchPackage))').Path
(Get-DlDevice)[0].Runtime
(Get-Help New-DlLayer).Synopsis
(Get-Help about_DeepPS).Length -gt 100 -and (Get-DlCatalog Layer Dense).Summary
`$results = . {
$block
}
(Import-Csv run.csv).Count
@(`$results).Where{ `$_ -is [DeepPS.Inference.Evaluation] }.Count
@(`$results).Where{ `$_.psobject.Properties['Prediction'] }.Count -le 20
"@
        # No SDK and no package folder: the .NET host is found by its full path alone.
        $empty = @{
            HOME = "$TestDrive/clean"; USERPROFILE = "$TestDrive/clean"; LOCALAPPDATA = "$TestDrive/clean"
            PATH = $IsWindows ? $env:SystemRoot : '/usr/bin:/bin'
            NUGET_PACKAGES = "$TestDrive/clean/packages"; XDG_DATA_HOME = $null; DEEPPS_RUNS = $null
            DEEPPS_RUNTIME = $IsWindows ? "$TestDrive/clean/runtime" : $null
            PSModulePath = $IsWindows ? $modules : $null
        }
        $process = Start-Process $Shell -ArgumentList (@($ShellArguments) + '-File', "$work/session.ps1") -Wait `
            -NoNewWindow -PassThru -Environment $empty `
            -RedirectStandardOutput "$work/out" -RedirectStandardError "$work/err"
        $output = @(Get-Content "$work/out")
        $problem = "$(Get-Content "$work/err")$output"
    }

    It 'installs the module, is told what is missing, and installs libtorch' {
        $process.ExitCode | Should -Be 0 -Because $problem
        $output[0] | Should -BeLike "*clean*DeepPS*"
        $output[1] | Should -BeLike 'RuntimeMissing,*'
        $output[2] | Should -BeLike '*runtime*torchsharp-*-cpu-*'
        $output[3] | Should -Be $output[2]
    }

    It 'reads the help' {
        $output[4] | Should -BeLike 'Make a layer*'
        $output[5] | Should -Be True
    }

    It 'runs the first lines of the README' {
        $output[6] | Should -Be 20 -Because $problem
        $output[7] | Should -Be 1
        $output[8] | Should -Be True
    }
}

Describe 'The module in a constrained session' {
    It 'says in one sentence that it cannot be used' {
        $output = Invoke-DlShell {
            param($path)
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            try { Import-Module $path -ErrorAction Stop } catch { "$_" }
        } $ManifestPath
        "$output" | Should -BeLike '*DeepPS needs the language mode FullLanguage*'
    }
}

Describe 'The module in a folder without assemblies' {
    It 'says how it is built' {
        $folder = New-Item -ItemType Directory "$TestDrive/not built/module" -Force
        foreach ($file in 'DeepPS.psm1', 'ImportError.ps1') {
            Copy-Item (Split-Path $ManifestPath | Join-Path -ChildPath "module/$file") $folder
        }
        { Import-Module "$folder/DeepPS.psm1" } | Should -Throw 'DeepPS is not built: *./build.sh build*'
    }
}
