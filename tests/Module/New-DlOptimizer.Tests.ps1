BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlOptimizer' {
    It 'makes an optimizer with settings, switches among them' {
        $optimizer = New-DlOptimizer SGD 0.1 -Momentum 0.9 -Nesterov
        $optimizer | Should -BeOfType DeepPS.Training.Optimizer
        $optimizer.LearningRate | Should -Be 0.1
        $optimizer.Momentum | Should -Be 0.9
        $optimizer.Nesterov | Should -BeTrue
    }

    It 'completes names' { Get-DlCompletion 'New-DlOptimizer Ad' | Should -Be Adadelta, Adagrad, Adam, AdamW, Adamax }

    It 'offers the nearest names for an unknown one' {
        Assert-DlError { New-DlOptimizer Adm 0.1 -Foo 3 } UnknownOptimizer ObjectNotFound Adam
    }

    It 'trains with each one, and each one''s settings have help' {
        foreach ($entry in Get-DlCatalog Optimizer | Where-Object Name -notin NormalEquation, WordSGD) {
            $options = @{ Optimizer = $entry.Name; BatchSize = 90; Epochs = 2 }
            $records = New-DlTestModel | Invoke-DlTraining (New-DlTestSplit) @options
            $records[-1].Loss | Should -Not -Be $records[0].Loss -Because $entry
        }
    }

    It 'solves a line at once' {
        $data = 1..50 | ForEach-Object { [pscustomobject]@{ x = $_; y = 3 * $_ + 1 } } | ConvertTo-DlDataset y
        $model = New-DlLayer Dense 1 | New-DlModel
        $record = $model | Invoke-DlTraining $data -Epochs 5 -Optimizer NormalEquation
        $record | Should -HaveCount 1
        $record.Loss | Should -BeLessThan 1e-10
        Assert-DlError {
            $model | Invoke-DlTraining $data -Optimizer NormalEquation -LearningRate 0.1
        } OptimizerUse InvalidArgument 'no learning rate'
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining (New-DlTestSplit) -Optimizer NormalEquation
        } OptimizerUse InvalidArgument 'dense1 (Dense), dense2 (Dense)'
    }

    It 'refuses an optimizer that divides by the curvature where it cannot measure it' {
        $split = New-DlTestSplit
        Assert-DlError { New-DlTestModel | Invoke-DlTraining $split -Optimizer KFAC -Loss MultiMargin } OptimizerUse `
            InvalidArgument KFAC, 'Empirical'
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Optimizer NaturalGradient -Precision BFloat16
        } OptimizerUse InvalidArgument NaturalGradient, 'Float32'
        $rule = New-DlOptimizer KFAC -Fisher Empirical
        (New-DlTestModel | Invoke-DlTraining $split -Optimizer $rule -Loss MultiMargin -Epochs 1).Loss |
            Should -BeGreaterThan 0
    }

    It 'refuses a learning rate below 0' {
        Assert-DlError {
            New-DlOptimizer Adam -1
        } ParameterArgumentTransformationError InvalidData LearningRate, "got '-1'"
    }
}
