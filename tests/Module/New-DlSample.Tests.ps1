BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $generator = New-DlLayer Dense 64 -Activation Sigmoid | New-DlLayer Reshape 1, 8, 8 |
        New-DlModel -InputShape 5 -Seed 1
}

Describe 'New-DlSample' {
    It 'makes samples of an untrained generator, the same from the same seed' {
        $samples = $generator | New-DlSample 3 -Seed 4
        $samples | Should -HaveCount 3
        $samples[0].Image | Should -HaveCount 64
        $samples[0].Code | Should -HaveCount 5
        (New-DlSample -Model $generator -Count 3 -Seed 4)[2].Code | Should -Be $samples[2].Code
        (New-DlSample -Model $generator -Count 3 -Seed 5)[2].Code | Should -Not -Be $samples[2].Code
    }

    It 'writes a picture' {
        $file = New-DlSample -Model $generator -Count 9 -Path "$TestDrive/sheet.png"
        $file | Should -BeOfType System.IO.FileInfo
        [IO.File]::ReadAllBytes($file)[1..3] | Should -Be 80, 78, 71
        New-DlSample -Model $generator -Path "$TestDrive/none.png" -WhatIf
        "$TestDrive/none.png" | Should -Not -Exist
        Assert-DlError { New-DlSample -Model $generator -Path "$TestDrive/sheet.png" -NoClobber } FileExists `
            InvalidOperation
    }

    It 'makes a dataset' {
        $data = New-DlSample -Model $generator -Count 6 -AsDataset
        $data | Should -BeOfType DeepPS.Data.Dataset
        $data.Count | Should -Be 6
        ($data | Show-DlSample 4 "$TestDrive/data.png").Length | Should -BeGreaterThan 0
    }

    It 'goes from one code to another, and calculates with codes' {
        $one, $two = New-DlSample -Model $generator -Count 2
        $first, $last = $one.Code, $two.Code
        $between = New-DlSample -Model $generator -Code $first, $last -Steps 5
        $between | Should -HaveCount 5
        $between[0].Code | Should -Be $first
        $between[2].Code[1] | Should -BeLessThan ([math]::Max($first[1], $last[1]))
        $sum = 0..4 | ForEach-Object { $first[$_] - $last[$_] }
        (New-DlSample -Model $generator -Code (, $sum)).Code | Should -Be ([single[]] $sum)
        (New-DlSample -Model $generator -Code $sum).Code | Should -Be ([single[]] $sum)
        (New-DlSample -Model $generator -Code $one, $two).Code | Should -Be ($first + $last)
        (New-DlSample -Model $generator -Code ($one, $two).Code -Steps 3) | Should -HaveCount 3
    }

    It 'refuses what cannot work' {
        Assert-DlError { New-DlSample -Model $generator -Code (, (1, 2)) } CodeSize InvalidArgument `
            'has 5 numbers; got 2'
        Assert-DlError { New-DlSample -Model $generator -Code x } NotACode InvalidArgument 'array of 5 numbers'
        Assert-DlError { New-DlSample -Model $generator -Code (, (1..5)) -Steps 3 } CodeCount InvalidArgument '-Steps'
        Assert-DlError { New-DlSample -Model $generator -Label 3 } NoClasses InvalidArgument '-Conditional'
        Assert-DlError { New-DlSample -Model (New-DlTrainedModel) } NotAGenerator InvalidArgument
        Assert-DlError { New-DlSample -Model (New-DlTestModel) } ModelNotBound InvalidOperation '-InputShape'
    }
}
