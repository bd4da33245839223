BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlRegularizer' {
    It 'makes a regularizer with settings' {
        $regularizer = New-DlRegularizer L1L2 0.1 0.2
        $regularizer | Should -BeOfType DeepPS.Regularizer
        $regularizer.Lambda1 | Should -Be 0.1
        $regularizer.Lambda2 | Should -Be 0.2
    }

    It 'makes weights smaller' {
        $size = {
            param($layer)
            $model = $layer | New-DlLayer Dense 3 | New-DlModel -Seed 1
            $null = $model | Invoke-DlTraining (New-DlTestSplit) -Epochs 20 -LearningRate 0.01
            $model.Network.Parameters[0].Value.square().sum().data[single]().ToArray()[0]
        }
        & $size (New-DlLayer Dense 16 -WeightRegularizer (New-DlRegularizer L2 1)) | Should -BeLessThan (& $size (New-DlLayer Dense 16))
    }

    It 'is a setting by bare name too, and survives a model file' {
        $layer = New-DlLayer Dense 3 -WeightRegularizer L2 -BiasRegularizer l1 -ActivityRegularizer KLSparsity -MaxNorm 2
        $null = $layer | New-DlModel -InputShape 4 | Export-DlModel "$TestDrive/r.dlmodel"
        $read = (Import-DlModel "$TestDrive/r.dlmodel").Layers[0]
        $read.WeightRegularizer.Entry.Name, $read.BiasRegularizer.Entry.Name, $read.ActivityRegularizer.Entry.Name | Should -Be L2, L1, KLSparsity
        $read.MaxNorm | Should -Be 2
    }

    It 'refuses a sparsity of weights, and a norm of 0' {
        Assert-DlError { New-DlLayer Dense 3 -WeightRegularizer KLSparsity } InvalidSetting InvalidArgument WeightRegularizer
        Assert-DlError { New-DlLayer Dense 3 -MaxNorm 0 } InvalidSetting InvalidArgument MaxNorm
    }

    It 'completes names' {
        Get-DlCompletion 'New-DlRegularizer K' | Should -Be KLSparsity
        Get-DlCompletion 'New-DlLayer Dense 3 -WeightRegularizer L1' | Should -Be L1, L1L2
    }
}
