BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlDataset' {
    It 'makes <_>' -ForEach Xor, Spirals, Moons, Blobs, Digits {
        $data = New-DlDataset $_ 60 -Seed 3
        $data | Should -BeOfType DeepPS.Data.Dataset
        $data.Count | Should -Be 60
        $data.Label | Should -Not -BeNullOrEmpty
    }

    It 'makes the same samples from the same seed' {
        $first, $same, $other = 3, 3, 4 |
            ForEach-Object { , (New-DlDataset Moons 50 -Seed $_ | ConvertFrom-DlDataset).X1 }
        $first.Count | Should -Be 50
        $same | Should -Be $first
        $other | Should -Not -Be $first
    }

    It 'prints as its columns' {
        $text = New-DlDataset Digits 20 | Out-String
        $text | Should -BeLike '*20 rows*Column*Kind*Image*1x28x28*'
    }

    It 'completes generators' { Get-DlCompletion 'New-DlDataset Mo' | Should -Be Moons }

    It 'refuses an unknown generator and no samples' {
        Assert-DlError { New-DlDataset Moon 3 } UnknownDataset ObjectNotFound Moons
        Assert-DlError { New-DlDataset Moons 0 } ParameterArgumentTransformationError InvalidData Count
    }
}
