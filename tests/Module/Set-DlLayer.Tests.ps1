BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Set-DlLayer' {
    It 'freezes layers by pattern: they stay as they are while others learn' {
        $model = New-DlLayer Dense 8 -Name body1 -Activation ReLU | New-DlLayer Dense 8 -Name body2 |
            New-DlLayer Dense 3 |
            New-DlModel -InputShape 2 -Seed 1
        $before = @($model.Network.Parameters | ForEach-Object { $_.Value.detach().data[float]().ToArray() })
        $model | Set-DlLayer -Freeze body* | Should -BeNullOrEmpty
        $model.Layers.Frozen | Should -Be $true, $true, $false
        $null = $model | Invoke-DlTraining (New-DlTestSplit) -Epochs 2
        $after = @($model.Network.Parameters | ForEach-Object { $_.Value.detach().data[float]().ToArray() })
        $body = 2 * 8 + 8 + 8 * 8 + 8
        $after[0..($body - 1)] | Should -Be $before[0..($body - 1)]
        $after[$body] | Should -Not -Be $before[$body]
    }

    It 'lets layers learn again and sets their rates' {
        $model = New-DlLayer Dense 8 -Name body -Frozen | New-DlLayer Dense 3 | New-DlModel |
            Set-DlLayer -Unfreeze * -PassThru | Set-DlLayer body -LearningRate 1e-5 -WeightDecay 0.1 -PassThru
        $model | Should -BeOfType DeepPS.Models.Model
        $model.Layers[0].Frozen | Should -BeFalse
        $model.Layers[0].LearningRate | Should -Be 1e-5
        $model.Layers[0].WeightDecay | Should -Be 0.1
        $model.Layers[1].LearningRate | Should -BeNullOrEmpty
        $model | Set-DlLayer -LearningRate $null
        $model.Layers[0].LearningRate | Should -BeNullOrEmpty
    }

    It 'reports a pattern that matches no layer' {
        $model = New-DlTestModel
        Assert-DlError { $model | Set-DlLayer -Freeze conv* } LayerNotFound ObjectNotFound 'conv*', 'dense1, dense2'
    }
}
