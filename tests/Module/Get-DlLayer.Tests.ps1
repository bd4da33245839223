BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
    $model = New-DlLayer Dense 16 -Activation ReLU -Name features | New-DlLayer BatchNorm | New-DlLayer Dense 3 |
        New-DlModel -Seed 1 |
        Invoke-DlTraining $split -Epochs 20 -Optimizer (New-DlOptimizer Adam 0.02) -Seed 1 -NoRecord -PassThru
    $rows = @($split.Test | ConvertFrom-DlDataset)

    # The parameters and buffers of a model by name, rounded as text.
    function Get-State([DeepPS.Models.Model] $Model) {
        foreach ($parameter in $Model.Network.State) {
            $values = $parameter.Value.detach().cpu().double().data[double]().ToArray()
            "$($parameter.Name) $($values.ForEach{ '{0:g6}' -f $_ })"
        }
    }
}

Describe 'Get-DlLayer' {
    It 'gives layers whose weights a new model begins with' {
        $layers = @($model | Get-DlLayer)
        $layers.Name | Should -Be features, batchnorm1, dense1
        $copy = $layers | New-DlModel -InputShape 2 -Seed 9
        @($copy.Network.State).Count | Should -Be @($model.Network.State).Count
        (Get-State $copy) | Should -Be (Get-State $model)
        $copy.Layers[0].Carried | Should -BeNullOrEmpty -Because 'the model has the weights'
        $again = $model | Get-DlLayer -Until batchnorm1 | New-DlLayer Dense 3 | New-DlModel -InputShape 2 -Seed 9
        (Get-State $again) -notlike 'dense1*' | Should -Be ((Get-State $model) -notlike 'dense1*')
    }

    It 'takes layers until one, which learn further or are frozen' {
        $before = Get-State $model
        foreach ($freeze in $false, $true) {
            $new = $model | Get-DlLayer -Until features -Freeze:$freeze | New-DlLayer Dense 3 | New-DlModel -Seed 2
            $new.Layers.Name | Should -Be features, $null
            $null = $new | Invoke-DlTraining $split -Epochs 2 -Seed 2 -NoRecord
            $new.Layers[0].Frozen | Should -Be $freeze
            ((Get-State $new)[0] -eq $before[0]) | Should -Be $freeze
        }
        Get-State $model | Should -Be $before -Because 'the first model is left alone'
    }

    It 'takes what a layer of a graph needs, and no more' {
        $graph = New-DlLayer Dense 4 -Name left | New-DlLayer Dense 4 -Name right -From input |
            New-DlLayer Dense 2 -Name aside -From left | New-DlLayer Add -Name sum -From left, right |
            New-DlLayer Dense 4 -ShareWith left -Name last -From input | New-DlModel -InputShape 2
        $layers = @($graph | Get-DlLayer -Until sum)
        $layers.Name | Should -Be left, right, sum
        $layers[1].From | Should -Be input
        $layers[2].From | Should -Be left, right
        ($layers | New-DlLayer Dense 3 | New-DlModel -InputShape 2).ParameterCount | Should -Be (12 + 12 + 15)
        $last = $graph | Get-DlLayer
        $last.Name | Should -Be last
        $last.ShareWith | Should -BeNullOrEmpty -Because 'it has the weights of left now'
        (Get-State ($last | New-DlModel -InputShape 2)) -replace '^last', 'left' |
            Should -Be (Get-State $graph)[0..1]
    }

    It 'refuses a layer that there is not, a model without weights, and data of another shape' {
        Assert-DlError { $model | Get-DlLayer feature } LayerNotFound ObjectNotFound 'mean features'
        Assert-DlError { New-DlTestModel | Get-DlLayer } ModelNotTrained InvalidOperation Invoke-DlTraining
        Assert-DlError {
            $model | Get-DlLayer -Until features | New-DlModel -InputShape 5
        } WeightMismatch InvalidArgument '16x5', '16x2'
    }

    It 'completes the names of layers' {
        $global:trained = $model
        try {
            Get-DlCompletion '$trained | Get-DlLayer ' | Should -Be features, batchnorm1, dense1
            Get-DlCompletion '1 | Invoke-DlPrediction $trained -Layer f' | Should -Be features
        }
        finally { Remove-Variable trained -Scope Global }
    }
}

Describe 'Invoke-DlPrediction -Layer' {
    It 'adds the output of a layer to each object' {
        $output = @($rows | Invoke-DlPrediction $model -Layer features -As Features)
        $output[0].Features | Should -HaveCount 16
        $output.Prediction | Should -Be @($rows | Invoke-DlPrediction $model).Prediction
        # What comes after the layer, computed from its output, gives the predictions.
        $head = New-DlLayer Dense 3 | New-DlModel
        $data = $output | ConvertTo-DlDataset -Property Features, Prediction -Label Prediction -LabelKind Class
        $null = $head | Invoke-DlTraining $data -Epochs 40 -Optimizer (New-DlOptimizer Adam 0.05) -Seed 1 -NoRecord
        ($head | Measure-DlModel $data).Accuracy | Should -BeGreaterThan 0.95
        ($rows[0] | Invoke-DlPrediction $model -Layer dense1).dense1 | Should -HaveCount 3
        $same = @($split.Test | Invoke-DlPrediction $model -Layer features)[0].features
        foreach ($i in 0..15) { [Math]::Abs($same[$i] - $output[0].Features[$i]) | Should -BeLessThan 1e-5 }
        Assert-DlError { $rows[0] | Invoke-DlPrediction $model -Layer none } LayerNotFound ObjectNotFound features
    }
}

Describe 'Get-DlLayer -After' {
    It 'gives the layers that follow, with their weights' {
        $rest = @($model | Get-DlLayer -After features)
        $rest.Name | Should -Be batchnorm1, dense1
        $tail = $rest | New-DlModel -InputShape 16
        (Get-State $tail) | Should -Be (Get-State $model | Where-Object { $_ -notlike 'features*' })
        Assert-DlError { $model | Get-DlLayer -After dense1 } LayerBefore InvalidArgument 'after ''dense1'''
        Assert-DlError { $model | Get-DlLayer -After feature } LayerNotFound ObjectNotFound 'mean features'
    }
}
