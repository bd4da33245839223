BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlDataset Digits 800 -Seed 1 | Split-DlDataset -Validation 0.1 -Test 0.3 -Seed 1
    $model = New-DlLayer Conv2d 8 -KernelSize 5 -Name conv | New-DlLayer MaxPool2d 4 | New-DlLayer Flatten |
        New-DlLayer Dense 64 -Activation ReLU -Name hidden | New-DlLayer Dense 10 -Name out | New-DlModel -Seed 1
    $null = $model | Invoke-DlTraining $split -Epochs 6 -BatchSize 32 -Seed 1 -NoRecord
    $accuracy = ($model | Measure-DlModel $split).Accuracy

    function Get-Types([DeepPS.Models.Model] $Model) { $Model.Layers | ForEach-Object { $_.Entry.Name } }
}

Describe 'Compress-DlModel' {
    It 'gives a smaller model that predicts and learns further, and leaves the first one as it is' {
        $count = $model.ParameterCount
        $small = $model | Compress-DlModel -Rank 5
        Get-Types $small | Should -Be Sequential, MaxPool2d, Flatten, LowRankDense, LowRankDense
        $small.Summary().Name | Should -Be $model.Summary().Name
        $small.ParameterCount | Should -BeLessThan ($count / 3)
        $model.ParameterCount | Should -Be $count
        ($model | Measure-DlModel $split).Accuracy | Should -Be $accuracy
        $small.History.Count | Should -Be 6
        $null = $small | Invoke-DlTraining $split -Epochs 4 -BatchSize 32 -Seed 2 -NoRecord
        ($small | Measure-DlModel $split).Accuracy | Should -BeGreaterThan ($accuracy - 0.1)
        $split.Test | ConvertFrom-DlDataset | Select-Object -First 2 | Invoke-DlPrediction $small |
            Should -HaveCount 2
    }

    It 'chooses ranks by energy, and takes layers by name' {
        $all = $model | Compress-DlModel -Energy 0.9
        $all.ParameterCount | Should -BeLessThan $model.ParameterCount
        ($all | Measure-DlModel $split).Accuracy | Should -BeGreaterThan ($accuracy - 0.15)
        $verbose = $model | Compress-DlModel -Energy 0.7 -Layer hid*, out -Verbose 4>&1
        Get-Types $verbose[-1] | Should -Be Conv2d, MaxPool2d, Flatten, LowRankDense, LowRankDense
        "$verbose" | Should -BeLike "*'hidden' (Dense): 18?496 to *, relative error of the weight 0.*, rank *"
    }

    It 'makes tensor trains' {
        $train = $model | Compress-DlModel -TensorTrain 8, 6, 6 -OutputMode 4x4x4 -Rank 6
        Get-Types $train | Should -Be Conv2d, MaxPool2d, Flatten, TensorTrainDense, Dense
        "$($train.Layers[3].InputMode) $($train.Layers[3].OutputMode) $($train.Layers[3].Rank)" |
            Should -Be '8x6x6 4x4x4 6'
        Get-Types ($model | Compress-DlModel -TensorTrain 8x36 -Energy 0.6) | Should -Contain TensorTrainDense
        Get-Types ($model | Compress-DlModel -TensorTrain 8x36) | Should -Contain TensorTrainDense
    }

    It 'prunes, and what is pruned stays so: in training, in files, in checkpoints' {
        $pruned = $model | Compress-DlModel -Sparsity 0.75
        $pruned.Layers.Pruned | Should -Be $true, $false, $false, $true, $true
        $kept = 50, 4608, 160
        $size = [DeepPS.Models.ModelSize]::Of($pruned).Parameters
        $size | Should -Be (($kept | Measure-Object -Sum).Sum + 8 + 64 + 10)
        $path = Join-Path $TestDrive pruned
        $null = $pruned | Invoke-DlTraining $split -Epochs 3 -BatchSize 32 -Seed 2 -NoRecord -CheckpointPath $path `
            -Optimizer (New-DlOptimizer SGD 0.05 -Momentum 0.9 -WeightDecay 1e-3)
        ($pruned | Measure-DlModel $split).Accuracy | Should -BeGreaterThan ($accuracy - 0.1)
        $file = $pruned | Export-DlModel "$TestDrive/pruned.dlmodel"
        $whole = $model | Export-DlModel "$TestDrive/whole.dlmodel"
        $file.Length | Should -BeLessThan (0.6 * $whole.Length)
        foreach ($loaded in (Import-DlModel $file), (Import-DlModel $path)) {
            [DeepPS.Models.ModelSize]::Of($loaded).Parameters | Should -Be $size
            ($loaded | Measure-DlModel $split).Accuracy | Should -Be ($pruned | Measure-DlModel $split).Accuracy
        }

        $global = $model | Compress-DlModel -Sparsity 0.75 -Global
        [DeepPS.Models.ModelSize]::Of($global).Parameters | Should -Be $size
    }

    It 'reaches layers inside others, and recurrent layers' {
        $rows = 1..40 | ForEach-Object {
            [pscustomobject]@{
                X = @(foreach ($i in 1..4) { , @(foreach ($j in 1..6) { [Math]::Sin($_ * $i + $j) }) })
                Y = 'no', 'yes' | Select-Object -Index ($_ % 2)
            }
        }
        $body = New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense 6
        $deep = New-DlLayer Residual $body | New-DlLayer LSTM 12 | New-DlLayer Dense 2 | New-DlModel -Seed 1
        $data = $rows | ConvertTo-DlDataset -Label Y
        $null = $deep | Invoke-DlTraining $data -Epochs 1 -Seed 1 -NoRecord
        $small = $deep | Compress-DlModel -Rank 2
        $small.Summary().Settings | Should -Be 'LowRankDense | LowRankDense', '12, Rank 2', '2'
        $inner = $deep | Compress-DlModel -Rank 2 -Layer residual1.body.dense2
        $inner.Summary().Settings[0] | Should -Be 'Dense | LowRankDense'
        $outer = $deep | Compress-DlModel -Rank 2 -Layer residual1
        $outer.Summary().Settings[0, 1] | Should -Be 'LowRankDense | LowRankDense', '12'
        $small | Invoke-DlTraining $data -Epochs 1 -Seed 1 -NoRecord | Should -HaveCount 1
    }

    It 'refuses what cannot be' {
        Assert-DlError { $model | Compress-DlModel -Rank 11 -Layer out } RankTooLarge InvalidArgument 'rank 10 at most'
        Assert-DlError { $model | Compress-DlModel -Rank 4 -Layer hiden } LayerNotFound ObjectNotFound 'mean hidden'
        Assert-DlError { $model | Compress-DlModel -TensorTrain 4x8 -Layer hidden } TensorTrainMode InvalidArgument `
            '288 features, and 4x8 makes 32'
        Assert-DlError {
            $model | Compress-DlModel -TensorTrain 8x36 -OutputMode 3x3 -Layer hidden
        } TensorTrainMode InvalidArgument '64 units'
        Assert-DlError { $model | Compress-DlModel -TensorTrain 5x5 } NothingCompressed InvalidArgument '5x5 makes 25'
        Assert-DlError { $model | Compress-DlModel -TensorTrain 8x36 -Layer conv } LayerNotCompressible InvalidArgument
        Assert-DlError { $model | Compress-DlModel } NoCompression InvalidArgument '-Rank'
        Assert-DlError { $model | Compress-DlModel -Sparsity 1 } CompressionSetting InvalidArgument 'below 1'
        Assert-DlError { $model | Compress-DlModel -Sparsity 1.5 } ParameterArgumentValidationError InvalidData
        Assert-DlError { $model | Compress-DlModel -Energy 0 } CompressionSetting InvalidArgument 'above 0'
        Assert-DlError { $model | Compress-DlModel -Sparsity 0 } NothingCompressed InvalidArgument
        Assert-DlError { New-DlTestModel | Compress-DlModel -Rank 2 } ModelNotTrained InvalidOperation
    }

    It 'completes the names of layers' {
        $global:trained = $model
        try { Get-DlCompletion '$trained | Compress-DlModel -Layer h' | Should -Be hidden }
        finally { Remove-Variable trained -Scope Global }
    }
}
