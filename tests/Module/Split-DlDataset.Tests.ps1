BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Split-DlDataset' {
    It 'makes parts of the sizes asked for' {
        $split = New-DlDataset Moons 100 | Split-DlDataset -Validation 0.1 -Test 0.2
        $split | Should -BeOfType DeepPS.Split
        $split.Train.Count, $split.Validation.Count, $split.Test.Count | Should -Be 70, 10, 20
    }

    It 'makes only the parts asked for' { (New-DlDataset Moons 100 | Split-DlDataset -Test 0.2).Validation | Should -BeNullOrEmpty }

    It 'makes the same parts from the same seed' {
        $data = New-DlDataset Moons 100
        $first = ($data | Split-DlDataset -Test 0.2 -Seed 5).Test.Columns[0].Values
        ($data | Split-DlDataset -Test 0.2 -Seed 5).Test.Columns[0].Values | Should -Be $first
        ($data | Split-DlDataset -Test 0.2 -Seed 6).Test.Columns[0].Values | Should -Not -Be $first
    }

    It 'gives each part its share of each class, unless told not to' {
        $rows = 1..100 | ForEach-Object { [pscustomobject]@{ x = $_; y = $_ -le 10 ? 'rare' : 'common' } }
        $data = $rows | ConvertTo-DlDataset y
        ($data | Split-DlDataset -Test 0.2 | ForEach-Object Test | ConvertFrom-DlDataset | Where-Object y -eq rare).Count | Should -Be 2
        ($data | Split-DlDataset -Test 0.2 -NoStratify).Test.Count | Should -Be 20
    }

    It 'prints as its parts' {
        New-DlDataset Moons 100 | Split-DlDataset -Validation 0.1 -Test 0.2 | Out-String | Should -BeLike '*Train*70*Validation*10*Test*20*'
    }

    It 'refuses shares that leave nothing' {
        Assert-DlError { New-DlDataset Moons 100 | Split-DlDataset -Validation 0.5 -Test 0.5 } InvalidFraction InvalidArgument 'below 1'
        Assert-DlError { New-DlDataset Moons 100 | Split-DlDataset -Test 10 } InvalidFraction InvalidArgument '10 came'
    }
}
