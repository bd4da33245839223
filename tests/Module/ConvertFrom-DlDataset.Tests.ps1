BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'ConvertFrom-DlDataset' {
    It 'gives the rows as objects, in order' {
        $rows = [pscustomobject]@{ a = 1.5; b = 'x' }, [pscustomobject]@{ a = $null; b = 'y' }
        $back = $rows | ConvertTo-DlDataset | ConvertFrom-DlDataset
        $back.a | Should -Be 1.5, $null
        $back.b | Should -Be x, y
    }

    It 'stops as soon as the pipeline has enough' {
        (New-DlDataset Moons 1000 | ConvertFrom-DlDataset | Select-Object -First 3).Count | Should -Be 3
    }
}
