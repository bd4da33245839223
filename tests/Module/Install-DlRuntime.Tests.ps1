BeforeDiscovery { . "$PSScriptRoot/Common.ps1"; $HasPackage = [bool](Get-DlTorchPackage) }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $Package = Get-DlTorchPackage
    $UsersRuntime = $env:DEEPPS_RUNTIME
    $env:DEEPPS_RUNTIME = Join-Path $TestDrive 'runtime'
    $Empty = New-Item -ItemType Directory "$TestDrive/empty"
    $Platform = $IsWindows ? 'win-x64' : $IsMacOS ? 'osx-arm64' : 'linux-x64'
    $FileName = "libtorch-cpu-$Platform.2.10.0.nupkg"

    # Whether an installation into a folder has come so far.
    function Test-Under($Root, $Path) {
        [bool]([System.IO.Directory]::Exists($Root) -and
            [System.IO.Directory]::GetDirectories($Root, '.new-*').Where{ [System.IO.Directory]::Exists("$_/$Path") })
    }

    # The folders of runtimes, without the lock file.
    function Get-InstalledName { (Get-ChildItem $env:DEEPPS_RUNTIME -Directory -Force -ErrorAction Ignore).Name }
}

AfterAll { $env:DEEPPS_RUNTIME = $UsersRuntime }

Describe 'Install-DlRuntime' {
    It 'installs from a folder of packages, once' -Skip:(-not $HasPackage) {
        $runtime = Install-DlRuntime -Source (Split-Path $Package)
        $runtime.Device | Should -Be cpu
        $runtime.Verified | Should -BeTrue
        $runtime.Path | Should -BeLike "$env:DEEPPS_RUNTIME*torchsharp-*-cpu-$Platform"
        (Get-ChildItem $runtime.Path *torch_cpu*).Length | Should -BeGreaterThan 100MB
        $again = Install-DlRuntime -Source (Split-Path $Package) -Verbose 4>&1
        $again[0] | Should -BeLike '*installed already*'
        $again[1].Path | Should -Be $runtime.Path
        $runtime | Export-Csv "$TestDrive/runtime.csv"
        (Import-Csv "$TestDrive/runtime.csv").Version | Should -Be 2.10.0
        $runtime | Format-List | Out-String -Width 80 | Should -BeLike '*Device*cpu*'
    }

    It 'is found by a module without libtorch, whose Get-DlDevice says so' -Skip:(-not $HasPackage) {
        $null = Install-DlRuntime -Source (Split-Path $Package)
        $module = Copy-DlModule "$TestDrive/module only" -Exclude '*torch_*'
        $output = Invoke-DlShell {
            param($path)
            Import-Module $path
            $device = Get-DlDevice
            $device[0].Engine
            $device[0].Runtime
            (New-DlLayer Dense 2 | New-DlModel |
                Invoke-DlTraining -Data (New-DlDataset Xor) -Epochs 1 -NoRecord).Epoch
        } $module
        $output[0] | Should -BeLike 'TorchSharp *, libtorch 2.10.0 (CPU)'
        $output[1] | Should -BeLike "$env:DEEPPS_RUNTIME*"
        $output[2] | Should -Be 1
    }

    It 'writes nothing with -WhatIf' {
        $root = "$TestDrive/whatif"
        Install-DlRuntime -Source $Empty -Path $root -WhatIf | Should -BeNullOrEmpty
        $root | Should -Not -Exist
    }

    It 'ends soon when it is stopped, and leaves nothing' -Skip:(-not $HasPackage) {
        $root = "$TestDrive/stopped"
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($module, $source, $root)
                Import-Module $module
                Install-DlRuntime -Source $source -Path $root
            }).AddArgument($ManifestPath).AddArgument((Split-Path $Package)).AddArgument($root)
        $running = $shell.BeginInvoke()
        while (-not (Test-Under $root) -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 20 }
        $shell.Stop()
        $shell.Dispose()
        # What had begun to be read is dropped within a moment.
        foreach ($try in 1..100) { if (Test-Under $root) { Start-Sleep -Milliseconds 50 } }
        (Get-ChildItem $root -Directory -Force).Name | Should -BeNullOrEmpty
    }

    It 'leaves no half runtime when its process is killed, and installs after that' -Skip:(-not $HasPackage) {
        $root = "$TestDrive/killed"
        $file = "$TestDrive/install.ps1"
        Set-Content $file {
            param($module, $source, $root)
            Import-Module $module
            Install-DlRuntime -Source $source -Path $root
        }
        $process = Start-DlShell $file $ManifestPath, (Split-Path $Package), $root "$TestDrive/install"
        while (-not (Test-Under $root files) -and -not $process.HasExited) { Start-Sleep -Milliseconds 20 }
        $process.Kill()
        $process.WaitForExit()
        Get-ChildItem "$root/torchsharp-*" | Should -BeNullOrEmpty
        Get-ChildItem "$root/.new-*" -Force | Should -HaveCount 1
        $runtime = Install-DlRuntime -Source (Split-Path $Package) -Path $root -WarningAction Ignore
        $env:DEEPPS_RUNTIME = Join-Path $TestDrive 'runtime'
        $runtime.Path | Should -BeLike '*killed*'
        (Get-ChildItem $root -Directory -Force).Name | Should -Be (Split-Path $runtime.Path -Leaf)
    }

    It 'says what a session has to know about another -Path' -Skip:(-not $HasPackage) {
        $root = Join-Path $TestDrive 'for all'
        $said = Install-DlRuntime -Source (Split-Path $Package) -Path $root 3>&1
        $env:DEEPPS_RUNTIME | Should -Be $root
        $env:DEEPPS_RUNTIME = Join-Path $TestDrive 'runtime'
        "$($said[0])" | Should -BeLike '*DEEPPS_RUNTIME*'
        Uninstall-DlRuntime -Path $root -Confirm:$false
    }

    It 'refuses a file that is not the published package' {
        Set-Content "$Empty/$FileName" 'no package'
        try {
            Assert-DlError { Install-DlRuntime -Source $Empty -Path "$TestDrive/refused" } RuntimeHashMismatch `
                InvalidData $FileName, 'SHA-512'
            Get-ChildItem "$TestDrive/refused" -Directory -Force | Should -BeNullOrEmpty
        }
        finally { Remove-Item "$Empty/$FileName" }
    }

    It 'names what it did not find' {
        $root = "$TestDrive/none"
        Assert-DlError { Install-DlRuntime -Source $Empty -Path $root } RuntimePackageNotFound ObjectNotFound $FileName,
            $Empty
        Assert-DlError { Install-DlRuntime -Source no-such-source -Path $root } RuntimeSourceNotFound ObjectNotFound `
            no-such-source
        Assert-DlError { Install-DlRuntime -Source http://127.0.0.1:9/index.json -Path $root } RuntimeDownloadFailed `
            ResourceUnavailable '127.0.0.1:9'
        if (-not $IsMacOS) {
            Assert-DlError { Install-DlRuntime cuda -Source $Empty -Path $root } RuntimePackageNotFound ObjectNotFound `
                'libtorch-cuda'
        }
    }

    It 'completes the devices' {
        Get-DlCompletion 'Install-DlRuntime -Device ' | Should -Be cpu, cuda
    }
}

Describe 'Uninstall-DlRuntime' {
    It 'removes the runtime, unless -WhatIf' -Skip:(-not $HasPackage) {
        $null = Install-DlRuntime -Source (Split-Path $Package)
        Uninstall-DlRuntime -WhatIf
        Get-InstalledName | Should -HaveCount 1
        Uninstall-DlRuntime cpu -Confirm:$false
        Get-InstalledName | Should -BeNullOrEmpty
    }

    It 'says that there is none' {
        Assert-DlError { Uninstall-DlRuntime cuda -Path "$TestDrive/nothing" -Confirm:$false } RuntimeNotFound `
            ObjectNotFound 'nothing', 'Install-DlRuntime'
    }
}
