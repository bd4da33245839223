BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $digits = New-DlDataset Digits 400 -Seed 1
    $model = New-DlLayer Conv2d 8 -KernelSize 3 -Activation ReLU -Name first | New-DlLayer MaxPool2d |
        New-DlLayer Flatten | New-DlLayer Dense 10 | New-DlModel -Seed 1
    $null = $model | Invoke-DlTraining $digits -Epochs 6 -Optimizer (New-DlOptimizer Adam 0.005) -Seed 1
    $name = $digits.Columns[0].Name
}

Describe 'Find-DlInput' {
    It 'finds an image for each class, which the model takes for it' {
        $found = $model | Find-DlInput -Class 3, 7 -Steps 60 -Seed 1
        $found.Class | Should -Be 3, 7
        $found.Unit | Should -Be 3, 7
        $found.Layer | Sort-Object -Unique | Should -Be dense1
        foreach ($input in $found) {
            $input.Activation | Should -BeGreaterThan $input.Before
            $input.Prediction | Should -Be $input.Class
            $input.Probability | Should -BeGreaterThan 0.9
            $input.$name | Should -HaveCount (28 * 28)
        }
        $again = $found | Invoke-DlPrediction -Model $model
        $again.Prediction | Should -Be 3, 7
        ($model | Find-DlInput -Class 3 -Steps 5 -Seed 2).$name |
            Should -Be ($model | Find-DlInput -Class 3 -Steps 5 -Seed 2).$name
    }

    It 'finds images for filters' {
        $found = $model | Find-DlInput first -Unit 0, 2 -Steps 20
        $found.Unit | Should -Be 0, 2
        $found.Class | Should -Be $null, $null
        $found | ForEach-Object { $_.Activation | Should -BeGreaterOrEqual $_.Before }
        $found | Out-String -Width 80 | Should -BeLike '*Layer*Unit*first*'
    }

    It 'writes a sheet' {
        $file = $model | Find-DlInput -Class 1, 2, 5 -Steps 3 -Path "$TestDrive/classes.png"
        $file | Should -BeOfType System.IO.FileInfo
        [IO.File]::ReadAllBytes($file)[1..3] | Should -Be 80, 78, 71
        $null = $model | Find-DlInput first -Steps 2 -Path "$TestDrive/filters.html"
        ((Get-Content "$TestDrive/filters.html" -Raw) | Select-String '<img' -AllMatches).Matches |
            Should -HaveCount 8
        $model | Find-DlInput -Steps 2 -Path "$TestDrive/whatif.png" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/whatif.png" | Should -Not -Exist
    }

    It 'says what is wrong' {
        Assert-DlError { $model | Find-DlInput last } LayerNotFound ObjectNotFound dense1
        Assert-DlError { $model | Find-DlInput first -Unit 8 } UnitNotFound ObjectNotFound '0 to 7'
        Assert-DlError { $model | Find-DlInput -Class ten } ClassNotFound ObjectNotFound "'ten'"
        Assert-DlError { New-DlTrainedModel | Find-DlInput } InputUse InvalidArgument images
        Assert-DlError { New-DlTestModel | Find-DlInput } ModelNotTrained InvalidOperation
        Assert-DlError {
            $model | Find-DlInput -Path "$TestDrive/a.jpg"
        } UnknownSheetFormat InvalidArgument '.html'
    }
}
