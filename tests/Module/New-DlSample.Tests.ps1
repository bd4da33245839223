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

Describe 'New-DlSample of autoencoders' {
    BeforeAll {
        $digits = New-DlDataset Digits 300 -Seed 1
        $train = @{ Data = $digits; Reconstruct = $true; Epochs = 2; Seed = 1; NoRecord = $true }
        $vae = New-DlModel VariationalAutoencoder -Code 3 -Hidden 32 -InputShape 1, 28, 28 -Seed 1
        $null = $vae | Invoke-DlTraining @train -Loss BinaryCrossEntropy
        $plain = New-DlModel Autoencoder -Code 3 -Hidden 32 -InputShape 1, 28, 28 -Seed 1
        $null = $plain | Invoke-DlTraining @train
    }

    It 'decodes normal codes of a variational autoencoder' {
        $samples = @($vae | New-DlSample 5 -Seed 3)
        $samples | Should -HaveCount 5
        $samples[0].Code | Should -HaveCount 3
        $samples[0].Image | Should -HaveCount 784
        ($vae | New-DlSample 5 -Seed 3)[4].Image | Should -Be $samples[4].Image
        ($samples.Image | Measure-Object -Maximum).Maximum | Should -BeGreaterThan 100 -Because 'it has learned ink'
        $vae | Export-DlModel "$TestDrive/vae.dlmodel"
        @(New-DlSample -Model "$TestDrive/vae.dlmodel" -Count 5 -Seed 3)[4].Image | Should -Be $samples[4].Image
        $untrained = New-DlModel VariationalAutoencoder -Code 4 -InputShape 1, 28, 28
        ($untrained | New-DlSample 2)[0].Code | Should -HaveCount 4
        (New-DlSample -Model $vae -Count 4 -Path "$TestDrive/vae.png").Length | Should -BeGreaterThan 0
    }

    It 'decodes the codes of samples to their reconstructions' {
        $rows = @(New-DlDataset Digits 4 -Seed 2 | Invoke-DlPrediction $vae -Layer code -As Code)
        $rows[0].Code | Should -HaveCount 3
        $decoded = @(New-DlSample -Model $vae -Code $rows)
        foreach ($row in 0..3) {
            $expected = $rows[$row].Prediction.ForEach{ $_.ForEach{ $_.ForEach{ 255 * $_ } } }
            foreach ($i in 0, 200, 400, 783) {
                [Math]::Abs($decoded[$row].Image[$i] - $expected[$i]) | Should -BeLessThan 0.51
            }
        }
        $between = @(New-DlSample -Model $vae -Code $rows[0], $rows[1] -Steps 3)
        $between[2].Image | Should -Be $decoded[1].Image
    }

    It 'draws codes with the mean and the covariance of those of the data' {
        $encoded = @($digits | Invoke-DlPrediction $plain -Layer code -As Code)
        $drawn = @($plain | New-DlSample 2000 -Data $digits)
        foreach ($i in 0..2) {
            $of, $like = foreach ($list in $encoded, $drawn) {
                $list | ForEach-Object { $_.Code[$i] } | Measure-Object -Average -StandardDeviation
            }
            [Math]::Abs($of.Average - $like.Average) | Should -BeLessThan (0.1 * $of.StandardDeviation)
            [Math]::Abs($of.StandardDeviation - $like.StandardDeviation) |
                Should -BeLessThan (0.1 * $of.StandardDeviation)
        }
        $correlation = foreach ($list in $encoded, $drawn) {
            $a, $b = foreach ($i in 0, 1) {
                $m = $list | ForEach-Object { $_.Code[$i] } | Measure-Object -Average -StandardDeviation
                , @($list | ForEach-Object { ($_.Code[$i] - $m.Average) / $m.StandardDeviation })
            }
            (0..($a.Count - 1) | ForEach-Object { $a[$_] * $b[$_] } | Measure-Object -Average).Average
        }
        [Math]::Abs($correlation[0] - $correlation[1]) | Should -BeLessThan 0.1
    }

    It 'takes rows of a table, and the code by its name' {
        $table = New-DlTestSplit
        $model = New-DlLayer Dense 1 -Name narrow | New-DlLayer Dense 2 | New-DlModel -Seed 1
        $null = $model | Invoke-DlTraining $table -Reconstruct -Epochs 30 -LearningRate 0.05 -Seed 1 -NoRecord
        $columns = @($table.Train.Columns | Where-Object { $_ -ne $table.Train.Label }).Name
        $rows = @($model | New-DlSample 200 -Layer narrow -Data $table)
        foreach ($column in $columns) {
            $made = $rows.$column | Measure-Object -Average
            $real = ($table.Train | ConvertFrom-DlDataset).$column | Measure-Object -Average -StandardDeviation
            [Math]::Abs($made.Average - $real.Average) | Should -BeLessThan $real.StandardDeviation
        }
        Assert-DlError { $model | New-DlSample } NoCodeLayer InvalidArgument '-Layer', 'narrow'
        Assert-DlError { $model | New-DlSample -Layer narow } LayerNotFound ObjectNotFound 'mean narrow'
    }

    It 'refuses what cannot work' {
        Assert-DlError { $plain | New-DlSample } CodeDistribution InvalidArgument '-Data', '-Code'
        Assert-DlError { $generator | New-DlSample -Data $digits } NotAnAutoencoder InvalidArgument '-Data'
        Assert-DlError { $generator | New-DlSample -Layer code } NotAnAutoencoder InvalidArgument '-Layer'
        Assert-DlError { $plain | New-DlSample -Data (New-DlDataset Digits 1) } TooFewSamples InvalidData 'at least 2'
        Assert-DlError { $plain | New-DlSample -Layer reshape -Data $digits } LayerBefore InvalidArgument
    }
}
