BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Get-DlCatalog' {
    It 'lists every kind' {
        (Get-DlCatalog).Kind | Select-Object -Unique |
            Should -HaveCount ([Enum]::GetNames([DeepPS.Catalog.CatalogKind]).Count)
    }

    It 'lists one kind, by wildcards and aliases' {
        (Get-DlCatalog Layer Conv?d).Name | Should -Be Conv1d, Conv2d, Conv3d
        (Get-DlCatalog Layer linear).Name | Should -Be Dense
    }

    It 'has help for each entry and setting' {
        foreach ($entry in Get-DlCatalog) {
            $entry.Summary | Should -Not -BeNullOrEmpty -Because $entry
            foreach ($setting in $entry.Settings) {
                $setting.Summary |
                    Should -Not -BeNullOrEmpty -Because "$entry $($setting.Name)"
            }
        }
    }

    It 'reports unknown names' {
        Assert-DlError { Get-DlCatalog Layer Dens } UnknownLayer ObjectNotFound Dense
        Assert-DlError { Get-DlCatalog -Name Dens } UnknownName ObjectNotFound Dens
    }
}

Describe 'Get-DlCatalog | Format-List' {
    It 'prints settings with their defaults as one types them' {
        $text = Get-DlCatalog Layer Conv2d | Format-List | Out-String -Width 80
        $text | Should -BeLike '*Filters <Int32>*KernelSize <Dims> = 3*Padding <Padding> = 0*Bias <Boolean> = $true*'
        $text | Should -BeLike '*Activation <Activation> = $null*WeightInitializer <Initializer> = FanInUniform*'
        (Get-DlCatalog Architecture | ForEach-Object Settings | ForEach-Object DefaultText) |
            Should -Not -BeLike 'System.*'
    }

    It 'every default can be typed: <Name>' -ForEach @(
        Get-DlCatalog Optimizer | ForEach-Object { @{ Name = $_.Name; Entry = $_ } }
    ) {
        $settings = $Entry.Settings | Where-Object { -not $_.Required -and $null -ne $_.Default }
        $typed = $settings | ForEach-Object {
            "-$($_.Name)$(if ($_.ValueType -eq [bool]) { ':' } else { ' ' })$($_.DefaultText)"
        }
        $item = Invoke-Expression "New-DlOptimizer $Name $($typed -join ' ')"
        "$item" | Should -Be "$(New-DlOptimizer $Name)"
    }
}
