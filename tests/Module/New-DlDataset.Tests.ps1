BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlDataset' {
    It 'makes <_>' -ForEach Xor, Spirals, Moons, Blobs, Digits {
        $data = New-DlDataset $_ 60 -Seed 3
        $data | Should -BeOfType DeepPS.Dataset
        $data.Count | Should -Be 60
        $data.Label | Should -Not -BeNullOrEmpty
    }

    It 'makes the same samples from the same seed' {
        (New-DlDataset Moons 50 -Seed 3).Columns[0].Values | Should -Be (New-DlDataset Moons 50 -Seed 3).Columns[0].Values
        (New-DlDataset Moons 50 -Seed 4).Columns[0].Values | Should -Not -Be (New-DlDataset Moons 50 -Seed 3).Columns[0].Values
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
