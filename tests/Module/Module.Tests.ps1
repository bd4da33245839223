BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'The module' {
    It 'exports the cmdlets that its manifest names' {
        $manifest = Import-PowerShellDataFile $ManifestPath
        (Get-Command -Module DeepPS).Name | Sort-Object |
            Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'has types that a session can name' {
        [DeepPS.Models.Model].Assembly.GetName().Name | Should -Be 'DeepPS.Core'
        (New-DlLayer Dense 2) -is [DeepPS.Layers.Layer] | Should -BeTrue
    }

    It 'keeps its dependencies to itself' {
        [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach{ $_.GetName().Name } |
            Should -Not -Contain 'CsvHelper'
        [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([DeepPS.Models.Model].Assembly).Name |
            Should -Be 'DeepPS'
    }

    It 'can be imported again, by force, and after it was removed' {
        $output = Invoke-DlShell {
            param($path)
            Import-Module $path
            $before = [DeepPS.Models.Model]
            Import-Module $path
            Import-Module $path -Force
            (New-DlLayer Dense 3).Units
            Remove-Module DeepPS
            [bool](Get-Command New-DlLayer -ErrorAction Ignore -Module DeepPS)
            Import-Module $path
            (New-DlLayer Dense 4).Units
            $before -eq [DeepPS.Models.Model]
        } $ManifestPath
        $output | Should -Be '3', 'False', '4', 'True'
    }

    It 'shows the default of a parameter in the place for it' {
        (Get-Help Invoke-DlTraining -Parameter Epochs).defaultValue | Should -Be '10'
        Get-Help Invoke-DlTraining -Parameter Epochs | Out-String | Should -Match 'Default value +10'
        Get-Help Invoke-DlTraining -Parameter Threads | Out-String | Should -Match 'Default value +one per core'
    }

    It 'works from a path with spaces' {
        $copy = Join-Path $TestDrive 'a path with spaces'
        $null = New-Item -ItemType Directory $copy
        Copy-Item $ManifestPath $copy
        Copy-Item (Join-Path (Split-Path $ManifestPath) module) $copy -Recurse
        $output = Invoke-DlShell {
            param($path)
            Import-Module $path
            (New-DlLayer Dense 3 | New-DlModel -InputShape 2).ParameterCount
            (Get-Help New-DlLayer).Synopsis
        } "$copy/DeepPS.psd1"
        $output[0] | Should -Be 9
        $output[1] | Should -BeLike 'Make a layer*'
    }

    It 'reports that another copy is loaded' {
        $copy = Join-Path $TestDrive other
        $null = New-Item -ItemType Directory $copy
        Copy-Item $ManifestPath $copy
        Copy-Item (Join-Path (Split-Path $ManifestPath) module) $copy -Recurse
        { Import-Module "$copy/DeepPS.psd1" } | Should -Throw '*already loaded from*'
    }

    It 'trains in several runspaces at once, with the same numbers' {
        $losses = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:ManifestPath
            $split = New-DlDataset Blobs 150 -Seed 1 | Split-DlDataset -Validation 0.2
            $model = New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel -Seed 1
            ($model | Invoke-DlTraining -Data $split -Epochs 3 -Seed 1 -Threads 1 | Select-Object -Last 1).Loss
        }
        $losses.Count | Should -Be 4
        $losses | Select-Object -Unique | Should -HaveCount 1
    }

    It 'trains with an empty NuGet folder, and copies no library' {
        $before = $env:NUGET_PACKAGES
        $env:NUGET_PACKAGES = New-Item -ItemType Directory "$TestDrive/empty"
        try {
            $epoch = Invoke-DlShell {
                param($path)
                Import-Module $path
                (New-DlLayer Dense 2 | New-DlModel |
                    Invoke-DlTraining -Data (New-DlDataset Xor) -Epochs 1 -NoRecord).Epoch
            } $ManifestPath
        }
        finally { $env:NUGET_PACKAGES = $before }
        $epoch | Should -Be 1
        Join-Path (Split-Path $ManifestPath) module/bin/cpu | Should -Not -Exist
    }

    It 'says which native library is missing, and leaves the session usable' {
        $copy = Copy-DlModule "$TestDrive/incomplete" -Exclude *torch_cpu*
        $output = Invoke-DlShell {
            param($path)
            $env:DEEPPS_RUNTIME = Join-Path (Split-Path $path) 'no runtime'
            Import-Module $path
            $model = New-DlLayer Dense 2 | New-DlModel
            foreach ($try in 1, 2) {
                try { $model | Invoke-DlTraining -Data (New-DlDataset Xor) -Epochs 1 -NoRecord -ErrorAction Stop }
                catch { "$($_.FullyQualifiedErrorId)|$($_.CategoryInfo.Category)|$_" }
            }
            (New-DlLayer Dense 3).Units
        } $copy
        $output | Should -HaveCount 3 -Because "$output"
        $output[0, 1] |
            Should -BeLike "RuntimeMissing,*|ResourceUnavailable|*torch_cpu*bin*no runtime*Install-DlRuntime*"
        $output[2] | Should -Be 3
    }

    It 'loads torch with the first layer, not at import (a system tells what is loaded: not macOS)' -Skip:$IsMacOS {
        $loaded = Invoke-DlShell {
            param($path)
            function Get-Loaded {
                $files = $IsWindows ? (Get-Process -Id $PID).Modules.ModuleName : (Get-Content /proc/self/maps)
                'coreclr', 'torch_cpu', 'libtorch', 'LibTorchSharp', 'libSkiaSharp' | Where-Object { $files -match $_ }
            }
            Import-Module $path
            Get-Loaded
            $null = New-DlLayer Dense 3 -Activation ReLU
            $until = (Get-Date).AddMinutes(2)
            while ('torch_cpu' -notin (Get-Loaded) -and (Get-Date) -lt $until) { Start-Sleep -Milliseconds 50 }
            Get-Loaded
        } $ManifestPath
        $loaded -join ' ' | Should -BeLike 'coreclr coreclr torch_cpu*'
    }

    It 'has help for <_>' -ForEach (Import-PowerShellDataFile "$PSScriptRoot/../../DeepPS.psd1").CmdletsToExport {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Examples.Example | Should -Not -BeNullOrEmpty
        (Get-Command $_).Parameters.Values | Where-Object {
            $_.Name -notin [System.Management.Automation.PSCmdlet]::CommonParameters -and
            $_.Name -notin [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
        } | ForEach-Object {
            (Get-Help $help.Name -Parameter $_.Name).Description.Text | Should -Not -BeNullOrEmpty -Because $_.Name
        }
    }
}
