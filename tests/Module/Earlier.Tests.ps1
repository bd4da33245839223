# Files of an earlier version can be read: models, a run that stopped half way, its record.
# earlier/ was made by version 0.1.0 before its folders became namespaces; predictions and epochs beside the files are
# its own.
BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $Earlier = Join-Path $PSScriptRoot earlier

    function Import-Rows([string] $Name) { Import-Csv (Join-Path $Earlier $Name) }
    function Import-Model([string] $Name) { Import-DlModel (Join-Path $Earlier $Name) }

    # Float32 may differ in the last digits on another CPU.
    function Assert-Near($Actual, $Expected) {
        [Math]::Abs([double] $Actual - [double] $Expected) |
            Should -BeLessOrEqual (1e-4 * (1 + [Math]::Abs([double] $Expected)))
    }
}

Describe 'Model files of an earlier version' {
    It 'predict as they did: <_>' -ForEach 'table', 'text' {
        $expected = Import-Rows "$_.predictions.csv"
        $rows = $expected | Select-Object -ExcludeProperty Prediction, Probability
        $actual = @($rows | Invoke-DlPrediction -Model (Import-Model "$_.dlmodel"))
        $actual.Count | Should -Be $expected.Count
        foreach ($i in 0..($expected.Count - 1)) {
            $actual[$i].Prediction | Should -Be $expected[$i].Prediction
            Assert-Near $actual[$i].Probability $expected[$i].Probability
        }
    }

    It 'measure as they did: a graph of layers over pictures' {
        $data = New-DlDataset Digits 60 -Seed 2 | Split-DlDataset -Validation 0.2 -Seed 1
        $actual = Import-Model pictures.dlmodel | Measure-DlModel -Data $data.Validation
        $expected = Import-Rows pictures.measure.csv
        Assert-Near $actual.Loss $expected.Loss
        Assert-Near $actual.Accuracy $expected.Accuracy
    }

    It 'forecast as they did' {
        $expected = Import-Rows series.predictions.csv
        $actual = @(Import-Rows series.csv | Select-Object -Last 24 |
            Invoke-DlPrediction -Model (Import-Model series.dlmodel) -Horizon 6)
        $actual.Count | Should -Be 6
        foreach ($i in 0..5) { Assert-Near $actual[$i].Prediction $expected[$i].Prediction }
    }
}

Describe 'A run that an earlier version began' {
    BeforeAll {
        $night = Join-Path $TestDrive night
        Copy-Item -Recurse (Join-Path $Earlier night) $night
    }

    It 'is listed with its record' {
        $run = Get-DlRun -Path $night
        $run.Model | Should -Be half
        $run.State | Should -Be Preempted
        $run.Epochs | Should -Be 2
        Assert-Near $run.Loss (Import-Rows night/epochs.csv)[1].Loss
    }

    It 'is imported as a model of its last checkpoint' {
        (Import-DlModel $night).History.Count | Should -Be 2
    }

    It 'ends as if it had never stopped' {
        $columns = @{ Host = @{ Coding = 'Embedding' } }
        $data = Import-DlDataset (Join-Path $Earlier table.csv) -Label State -Column $columns
        $split = $data | Split-DlDataset -Validation 0.2 -Test 0.2 -Seed 1
        $epochs = @(Resume-DlTraining $night $split)
        $expected = Import-Rows resumed.epochs.csv | Select-Object -Last 2
        $epochs.Epoch | Should -Be 3, 4
        foreach ($i in 0, 1) {
            foreach ($name in 'Loss', 'ValidationLoss', 'LearningRate') {
                Assert-Near $epochs[$i].$name $expected[$i].$name
            }
        }
    }
}
