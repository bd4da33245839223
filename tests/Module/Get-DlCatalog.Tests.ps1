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
