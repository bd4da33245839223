BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Measure-DlCurvature' {
    It 'measures both ends of the spectrum, before and after training' {
        $split = New-DlTestSplit
        $model = New-DlTestModel
        $before = $model | Measure-DlCurvature $split -Top 3 -Seed 1
        $before.Largest | Should -BeGreaterThan 0
        $before.Largest1 | Should -Be $before.Largest
        $before.Largest2 | Should -BeLessOrEqual $before.Largest1
        $before.Smallest1 | Should -Be $before.Smallest
        $before.Smallest3 | Should -BeGreaterOrEqual $before.Smallest1
        $before.StableLearningRate | Should -Be (2 / $before.Largest)
        $before.Parameters | Should -Be $model.ParameterCount
        ($model | Measure-DlCurvature $split -Top 3 -Seed 1).Trace | Should -Be $before.Trace
        $null = $model | Invoke-DlTraining $split -Epochs 2
        ($model | Measure-DlCurvature $split).GradientNorm | Should -Not -Be $before.GradientNorm
    }

    It 'finds the learning rate above which gradient descent diverges' {
        $rows = foreach ($i in 0..39) { [pscustomobject] @{ A = $i % 7; B = $i % 5; Y = 3 * ($i % 7) - $i % 5 } }
        $data = $rows | ConvertTo-DlDataset -Label Y
        $model = New-DlLayer Dense 1 | New-DlModel
        $rate = ($model | Measure-DlCurvature $data -Top 1).StableLearningRate
        $losses = foreach ($factor in 0.95, 1.05) {
            $fresh = New-DlLayer Dense 1 | New-DlModel
            $records = $fresh | Invoke-DlTraining $data -Epochs 60 -BatchSize 40 -Optimizer SGD `
                -LearningRate ($rate * $factor)
            $records[-1].Loss / $records[0].Loss
        }
        $losses[0] | Should -BeLessThan 1
        $losses[1] | Should -BeGreaterThan 1
    }

    It 'takes a part of the rows, and another loss' {
        $model = New-DlTestModel
        $split = New-DlTestSplit
        $found = $model | Measure-DlCurvature $split -Sample 20 -Probe 0 -Loss (New-DlLoss CrossEntropy 0.1)
        $found.Count | Should -Be 20
        $found.Trace | Should -BeNullOrEmpty
    }

    It 'writes the same columns for each model' {
        $split = New-DlTestSplit
        (New-DlTestModel), (New-DlTestModel) | Measure-DlCurvature $split -Top 2 -Sample 20 |
            Export-Csv "$TestDrive/curvature.csv"
        $rows = Import-Csv "$TestDrive/curvature.csv"
        $rows.Count | Should -Be 2
        [double] $rows[1].Largest2 | Should -BeLessOrEqual ([double] $rows[1].Largest)
    }

    It 'prints as a list' {
        $text = New-DlTestModel | Measure-DlCurvature (New-DlTestSplit) -Top 2 | Out-String -Width 80
        $text | Should -BeLike '*Largest*StableLearningRate*Trace*+-*'
        foreach ($line in $text -split '\r?\n') { $line.Length | Should -BeLessOrEqual 80 }
    }

    It 'warns of too few iterations' {
        New-DlTestModel | Measure-DlCurvature (New-DlTestSplit) -Iterations 2 -Top 1 -WarningVariable warned `
            -WarningAction SilentlyContinue | Out-Null
        "$warned" | Should -BeLike '*-Iterations*'
    }

    It 'refuses what it cannot measure' {
        $split = New-DlTestSplit
        $frozen = New-DlTestModel | Set-DlLayer -Freeze * -PassThru
        Assert-DlError { $frozen | Measure-DlCurvature $split } NothingToLearn InvalidOperation
        Assert-DlError { New-DlLayer Dense 3 | New-DlModel | Measure-DlCurvature $split -Top 999 } TooManyEigenvalues `
            InvalidArgument '-Top'
        Assert-DlError { New-DlTestModel | Measure-DlCurvature 5 } NotADataset InvalidArgument
        Assert-DlError { New-DlTestModel | Measure-DlCurvature $split -Loss MSE } LossLabel InvalidArgument
    }
}
