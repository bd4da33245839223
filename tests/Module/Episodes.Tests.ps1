BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $model = New-DlTrainedModel
    $split = New-DlTestSplit
}

Describe 'Episodes of few-shot learning' {
    It 'are drawn by Split-DlDataset -Episode' {
        $episodes = $split.Train | Split-DlDataset -Episode -Way 2 -Shot 2 -Query 3 -Count 4 -Seed 1
        $episodes | Should -HaveCount 4
        $episodes[3].Number | Should -Be 4
        $episodes[0].Way | Should -Be 2
        $episodes[0].Support.Count | Should -Be 4
        $episodes[0].Query.Count | Should -Be 6
        $episodes[0] | Out-String -Width 80 | Should -BeLike '*Classes*Shot*'
        $again = $split.Train | Split-DlDataset -Episode -Way 2 -Shot 2 -Query 3 -Count 4 -Seed 1
        $again.ForEach{ "$_" } | Should -Be $episodes.ForEach{ "$_" }
    }

    It 'are measured one by one, with their own support' {
        $episodes = $split.Train | Split-DlDataset -Episode -Way 3 -Shot 2 -Query 2 -Count 5 -Seed 1
        $measured = $model | Measure-DlModel $episodes -Prototype
        $measured | Should -HaveCount 5
        $measured[0].Way | Should -Be 3
        $measured[0].Support | Should -Be 6
        $measured[0].Count | Should -Be 6
        ($measured | Measure-Object Accuracy -Average).Average | Should -BeGreaterThan 0.4
        $measured | Out-String -Width 80 | Should -BeLike '*Support*Accuracy*'
        ($model | Measure-DlModel $split.Test -Support $split -Count 3 -Distance Euclidean).Dataset |
            Should -Be $split.Test.Name
    }

    It 'train a model of embeddings, whose classes the test part alone has' {
        $digits = New-DlDataset Digits 300 -Seed 1 | Split-DlDataset -TestClass 8, 9
        $digits.Train.Label.Levels.Count | Should -BeGreaterThan 7
        $digits.Test | ConvertFrom-DlDataset | Select-Object -ExpandProperty $digits.Test.Label.Name -Unique |
            Sort-Object | Should -Be 8, 9
        $embedder = New-DlLayer Flatten | New-DlLayer Dense 32 -Activation ReLU | New-DlLayer Dense 8 |
            New-DlModel -Seed 1
        $options = @{ Data = $digits; Sampling = 'Episode'; Way = 4; BatchSize = 24; Epochs = 12; NoRecord = $true }
        $records = $embedder | Invoke-DlTraining @options -Loss (New-DlLoss Prototypical 3)
        $records[-1].Loss | Should -BeLessThan $records[0].Loss
        $episodes = $digits.Test | Split-DlDataset -Episode -Way 2 -Shot 3 -Count 10
        $accuracy = ($embedder | Measure-DlModel $episodes -Prototype | Measure-Object Accuracy -Average).Average
        $accuracy | Should -BeGreaterThan 0.7
        $embedder | Export-DlModel "$TestDrive/embedder.dlmodel"
        $read = Import-DlModel "$TestDrive/embedder.dlmodel"
        ($read | Measure-DlModel $episodes -Prototype | Measure-Object Accuracy -Average).Average | Should -Be $accuracy
        ($digits.Test | Invoke-DlPrediction $read | Select-Object -First 1).Prediction | Should -HaveCount 8
    }

    It 'continue from a checkpoint as if never interrupted' {
        $digits = New-DlDataset Digits 200 -Seed 1
        $options = @{ Data = $digits; Loss = 'BatchHardTriplet'; Sampling = 'Episode'; BatchSize = 20 }
        $options.NoRecord = $true
        $whole, $parts = 1..2 | ForEach-Object { New-DlLayer Flatten | New-DlLayer Dense 4 | New-DlModel -Seed 1 }
        $expected = $whole | Invoke-DlTraining @options -Epochs 3
        $null = $parts | Invoke-DlTraining @options -Epochs 1 -CheckpointPath "$TestDrive/episodes"
        $actual = $parts | Invoke-DlTraining @options -Epochs 3 -CheckpointPath "$TestDrive/episodes" -Resume
        $actual[-1].Loss | Should -Be $expected[-1].Loss
    }

    It 'are refused with too few classes or samples, or other labels' {
        Assert-DlError { $split.Train | Split-DlDataset -Episode -Way 4 } EpisodeClass InvalidData
        Assert-DlError { $split.Train | Split-DlDataset -Episode -Way 2 -Shot 900 } EpisodeClass InvalidData
        Assert-DlError { $split.Train | Split-DlDataset -TestClass none } ClassNotFound ObjectNotFound
        $episode = $split.Train | Split-DlDataset -Episode -Way 2 -Shot 1 -Query 2 -Count 1
        Assert-DlError { $model | Measure-DlModel $episode -Count 5 } SupportClass InvalidData '1 sample'
        Assert-DlError { $model | Measure-DlModel $split.Test -Prototype } NoSupport InvalidArgument
        Assert-DlError { $model | Measure-DlModel $episode -Metric Accuracy } SupportUse InvalidArgument
        $new = New-DlLayer Dense 3 | New-DlModel
        $options = @{ Data = $split; Sampling = 'Episode'; Way = 9; NoRecord = $true }
        Assert-DlError { $new | Invoke-DlTraining @options } EpisodeClass InvalidData
    }
}
