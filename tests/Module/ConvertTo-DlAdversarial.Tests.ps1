BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlDataset Digits 400 -Seed 1 | Split-DlDataset -Test 0.25 -Seed 1
    $model = New-DlLayer Flatten | New-DlLayer Dense 32 -Activation ReLU | New-DlLayer Dense 10 | New-DlModel -Seed 1
    $null = $model | Invoke-DlTraining $split -Epochs 10 -Optimizer (New-DlOptimizer Adam 0.005) -Seed 1 -NoRecord
    $name = $split.Test.Columns[0].Name
}

Describe 'ConvertTo-DlAdversarial' {
    It 'gives a dataset of changed images that misleads the model' {
        $changed = $split | ConvertTo-DlAdversarial -Model $model -Epsilon 0.15
        $changed | Should -BeOfType DeepPS.Data.Dataset
        $changed.Count | Should -Be 100
        $changed.Columns.Name | Should -Be $name, $split.Test.Label.Name, Original, OriginalPrediction, Prediction
        $before = ($model | Measure-DlModel $split -NoRecord).Accuracy
        $after = ($model | Measure-DlModel $changed -NoRecord).Accuracy
        $after | Should -BeLessThan ($before - 0.3)
        $rows = $changed | ConvertFrom-DlDataset
        @($rows | Where-Object { "$($_.Prediction)" -eq "$($_.($changed.Label.Name))" }).Count / 100 |
            Should -Be $after
    }

    It 'aims at a class, with the same result for the same seed' {
        $changed = 1, 1 | ForEach-Object {
            $split.Test | ConvertTo-DlAdversarial $model Pgd -Epsilon 0.3 -Target 3 -Seed $_
        }
        $predicted = ($changed[0] | ConvertFrom-DlDataset).Prediction
        @($predicted -eq '3').Count | Should -BeGreaterThan 60
        $predicted | Should -Be ($changed[1] | ConvertFrom-DlDataset).Prediction
    }

    It 'writes a sheet of triples' {
        $null = $split | ConvertTo-DlAdversarial $model -Path "$TestDrive/triples.html" -Count 5
        ((Get-Content "$TestDrive/triples.html" -Raw) | Select-String '<img' -AllMatches).Matches |
            Should -HaveCount 15
        $changed = $split | ConvertTo-DlAdversarial $model -Path "$TestDrive/triples.png" -Count 4
        $changed.Count | Should -Be 100
        [IO.File]::ReadAllBytes("$TestDrive/triples.png")[1..3] | Should -Be 80, 78, 71
        $null = $split | ConvertTo-DlAdversarial $model -Path "$TestDrive/whatif.png" -WhatIf
        "$TestDrive/whatif.png" | Should -Not -Exist
    }

    It 'measures and trains against an attack' {
        $none = $model | Measure-DlModel $split -NoRecord
        $attacked = $model | Measure-DlModel $split -Adversarial Pgd -Epsilon 0.1
        $attacked.Accuracy | Should -BeLessThan ($none.Accuracy - 0.2)
        ($model | Measure-DlModel $split -Adversarial Fgsm -Epsilon 0).Loss | Should -Be $none.Loss
        $robust = New-DlLayer Flatten | New-DlLayer Dense 32 -Activation ReLU | New-DlLayer Dense 10 |
            New-DlModel -Seed 1
        $attack = New-DlAttack Pgd 0.1 -Steps 3
        $options = @{ Epochs = 10; Optimizer = New-DlOptimizer Adam 0.005; Seed = 1; NoRecord = $true }
        $null = $robust | Invoke-DlTraining $split @options -Adversarial $attack
        ($robust | Measure-DlModel $split -Adversarial Pgd -Epsilon 0.1).Loss |
            Should -BeLessThan ($attacked.Loss * 0.8)
    }

    It 'says what is wrong' {
        Assert-DlError { $split | ConvertTo-DlAdversarial $model -Target 12 } ClassNotFound ObjectNotFound "'12'"
        Assert-DlError {
            New-DlTestSplit | ConvertTo-DlAdversarial (New-DlTrainedModel)
        } AdversarialInput InvalidArgument images
        Assert-DlError {
            $model | Measure-DlModel $split -Epsilon 0.1
        } NoAttack InvalidArgument -Adversarial
        Assert-DlError {
            $split | ConvertTo-DlAdversarial $model -Path "$TestDrive/no/such.png"
        } DirectoryNotFound ObjectNotFound
        $coder = New-DlLayer Flatten | New-DlLayer Dense 784 | New-DlLayer Reshape 1, 28, 28 | New-DlModel
        $null = $coder | Invoke-DlTraining $split -Reconstruct -Epochs 1 -NoRecord
        Assert-DlError { $split | ConvertTo-DlAdversarial $coder -Target 3 } AdversarialTarget InvalidArgument
        $once = $split | ConvertTo-DlAdversarial $model
        Assert-DlError { $once | ConvertTo-DlAdversarial $model } NameTaken InvalidArgument Original
    }
}
