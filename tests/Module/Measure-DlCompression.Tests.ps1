BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlDataset Digits 800 -Seed 1 | Split-DlDataset -Validation 0.1 -Test 0.3 -Seed 1
    $model = New-DlLayer Conv2d 8 -KernelSize 5 -Name conv | New-DlLayer MaxPool2d 4 | New-DlLayer Flatten |
        New-DlLayer Dense 64 -Activation ReLU -Name hidden | New-DlLayer Dense 10 -Name out | New-DlModel -Seed 1
    $null = $model | Invoke-DlTraining $split -Epochs 6 -BatchSize 32 -Seed 1 -NoRecord
    $accuracy = ($model | Measure-DlModel $split).Accuracy
}

Describe 'Measure-DlCompression' {
    It 'gives a row for each setting and layer, which Export-Csv writes and Show-DlPlot draws' {
        $rows = @($model | Measure-DlCompression $split -Rank 2, 5 -Sparsity 0.5 -Quantize Int8)
        $rows.Method | Should -Be (@('None') + @('Rank 2') * 3 + @('Rank 5') * 3 + @('Sparsity 0.5') * 3 +
            @('Int8') * 3)
        $rows[0].Accuracy | Should -Be $accuracy
        $rows[0].ModelBytes | Should -Be (4 * $model.ParameterCount)
        $row = $rows | Where-Object { $_.Layer -eq 'hidden' -and $_.Rank -eq 5 }
        $small = $model | Compress-DlModel -Rank 5 -Layer hidden
        $row.Accuracy | Should -Be ($small | Measure-DlModel $split).Accuracy
        $row.Parameters - $row.CompressedParameters | Should -Be ($model.ParameterCount - $small.ParameterCount)
        $row.ModelBytes | Should -Be (4 * $small.ParameterCount)
        ($rows | Where-Object Method -eq Int8).WeightError | ForEach-Object { $_ | Should -BeLessThan 0.02 }
        $rows | Export-Csv "$TestDrive/rows.csv"
        $csv = @(Import-Csv "$TestDrive/rows.csv")
        $csv[0].PSObject.Properties.Name | Should -Be Layer, Type, Method, Rank, Parameters, CompressedParameters,
            Bytes, CompressedBytes, ModelBytes, WeightError, Loss, Accuracy
        foreach ($source in $rows, $csv) {
            $figure = $source | Show-DlPlot
            $figure.Panels.Title | Should -Be conv, hidden, out
        }

        ($rows | Show-DlPlot "$TestDrive/rows.png").Length | Should -BeGreaterThan 1000
    }

    It 'compresses all layers at once with -Whole, and needs no data' {
        $rows = @($model | Measure-DlCompression -Energy 0.5, 0.9 -Whole)
        $rows.Layer | Should -Be '*', '*', '*'
        $rows[1].ModelBytes | Should -BeLessThan $rows[2].ModelBytes
        $rows[1].Loss | Should -BeNullOrEmpty
        $trains = @($model | Measure-DlCompression -TensorTrain 8x36 -Rank 2, 4)
        $trains.Method | Should -Be None, 'TensorTrain 8x36, Rank 2', 'TensorTrain 8x36, Rank 4'
        $verbose = $model | Measure-DlCompression -Rank 9 -Verbose 4>&1
        "$verbose" | Should -BeLike "*'out' is left as it is with Rank 9: it would have*"
        Assert-DlError { $model | Measure-DlCompression } NoCompression InvalidArgument '-Rank'
        Assert-DlError { $model | Measure-DlCompression -Rank 4 -Layer hiden } LayerNotFound ObjectNotFound
        Assert-DlError { New-DlTestModel | Measure-DlCompression -Rank 2 } ModelNotTrained InvalidOperation
        Assert-DlError { $model | Measure-DlCompression -Rank 11 -Layer out } RankTooLarge InvalidArgument
    }
}
