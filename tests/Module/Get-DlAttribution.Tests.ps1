BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
    $model = New-DlTrainedModel
    $digits = New-DlDataset Digits 300 -Seed 1
    $cnn = New-DlLayer Conv2d 8 -KernelSize 3 -Activation ReLU | New-DlLayer MaxPool2d |
        New-DlLayer Conv2d 8 -KernelSize 3 -Activation ReLU -Name maps | New-DlLayer Flatten | New-DlLayer Dense 10 |
        New-DlModel -Seed 1
    $null = $cnn | Invoke-DlTraining $digits -Epochs 4 -Optimizer (New-DlOptimizer Adam 0.005) -Seed 1
}

Describe 'Get-DlAttribution' {
    It 'gives a value for each column, which add up' {
        $rows = $model | Get-DlAttribution $split -Count 3 -Seed 1
        $rows | Should -HaveCount 6
        $rows[0..1].Column | Should -Be ($split.Test.Columns.Name | Where-Object { $_ -ne $split.Test.Label.Name })
        foreach ($sample in $rows | Group-Object Row) {
            $first = $sample.Group[0]
            $difference = $first.Output - $first.Baseline
            $sum = ($sample.Group | Measure-Object Attribution -Sum).Sum
            [Math]::Abs($sum - $difference) | Should -BeLessOrEqual (0.0101 * [Math]::Abs($difference) + 1e-5)
            $first.Value | Should -Be $split.Test.Columns[0][$first.Row - 1]
            $first.Class | Should -BeIn $split.Test.Label.Levels
        }
    }

    It 'takes each method with its settings' {
        foreach ($method in (Get-DlCatalog Attribution).Name | Where-Object { $_ -ne 'GradCam' }) {
            $model | Get-DlAttribution $split $method -Count 2 | Should -HaveCount 4 -Because $method
        }
        $rough = $model | Get-DlAttribution $split IG -Steps 1 -Tolerance 0 -Count 1
        $fine = $model | Get-DlAttribution $split IG -Steps 100 -Count 1
        $rough[0].Attribution | Should -Not -Be $fine[0].Attribution
        Get-DlCompletion '$m | Get-DlAttribution $d -Method G' | Should -Be GradCam, Gradient
    }

    It 'explains a named class, and goes on to Export-Csv' {
        $name = $split.Test.Label.Levels[2]
        $model | Get-DlAttribution $split.Test -Class $name -Count 4 | Export-Csv "$TestDrive/attributions.csv"
        $back = Import-Csv "$TestDrive/attributions.csv"
        $back[0].PSObject.Properties.Name |
            Should -Be Row, Class, Output, Baseline, Column, Place, Value, Attribution
        $back.Class | Sort-Object -Unique | Should -Be $name
        $model | Get-DlAttribution $split -Count 1 | Out-String -Width 80 | Should -BeLike '*Column*Attribution*'
    }

    It 'gives a map for each image, and draws it' {
        $map = $cnn | Get-DlAttribution $digits GradCam -Count 1
        $map.Map | Should -HaveCount $digits.Columns[0].Shape[1]
        $map.Map[0] | Should -HaveCount $digits.Columns[0].Shape[2]
        ($map.Map | ForEach-Object { $_ } | Measure-Object -Minimum -Maximum).Maximum | Should -BeGreaterThan 0
        $file = $cnn | Get-DlAttribution $digits -Count 4 -Path "$TestDrive/heat.png"
        $file | Should -BeOfType System.IO.FileInfo
        [IO.File]::ReadAllBytes($file)[1..3] | Should -Be 80, 78, 71
        $null = $cnn | Get-DlAttribution $digits Occlusion -Size 8 -Count 2 -Path "$TestDrive/heat.html"
        ((Get-Content "$TestDrive/heat.html" -Raw) | Select-String '<img' -AllMatches).Matches | Should -HaveCount 4
    }

    It 'colours the words of a text' {
        $tickets = New-DlDataset Tickets 200 -Seed 1
        $text = $tickets.Columns.Where{ $_.Name -ne $tickets.Label.Name -and $_.Levels.Count -gt 50 }[0].Name
        $team = $tickets.Label.Name
        $parts = $tickets | ConvertFrom-DlDataset |
            ConvertTo-DlDataset -Property $text, $team -Label $team -Column @{ $text = 'Text' }
        $reader = New-DlLayer Embedding 8 | New-DlLayer LSTM 16 -From embedding1, input |
            New-DlLayer Dense $parts.Label.Levels.Count | New-DlModel -Seed 1
        $null = $reader | Invoke-DlTraining $parts -Epochs 2 -Seed 1
        $words = $reader | Get-DlAttribution $parts -Count 1
        $words.Place | Should -Be @(0..($words.Count - 1))
        $line = $parts.Columns.Where{ $_.Name -eq $text }[0][$words[0].Row - 1].ToLowerInvariant()
        $words[0].Value | Should -Be (($line -split '\W+')[0])
        $null = $reader | Get-DlAttribution $parts -Count 3 -Path "$TestDrive/words.html"
        $page = Get-Content "$TestDrive/words.html" -Raw
        ($page | Select-String '<section>' -AllMatches).Matches | Should -HaveCount 3
        $page | Should -Match 'background:rgba\(213,94,0,0\.'
        $page | Should -Not -Match 'https?://'
    }

    It 'writes nothing with -WhatIf, and keeps a file with -NoClobber' {
        $cnn | Get-DlAttribution $digits -Path "$TestDrive/whatif.png" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/whatif.png" | Should -Not -Exist
        Set-Content "$TestDrive/kept.png" text
        Assert-DlError {
            $cnn | Get-DlAttribution $digits -Path "$TestDrive/kept.png" -NoClobber
        } FileExists InvalidOperation kept.png
    }

    It 'says what is wrong' {
        Assert-DlError { $model | Get-DlAttribution $split GradCam } AttributionUse InvalidArgument images
        Assert-DlError { $model | Get-DlAttribution $split -Class none } ClassNotFound ObjectNotFound "'none'"
        Assert-DlError { $model | Get-DlAttribution $split Gradent } UnknownAttribution ObjectNotFound Gradient
        Assert-DlError { $cnn | Get-DlAttribution $digits GradCam -Layer mops } LayerNotFound ObjectNotFound maps
        Assert-DlError {
            $model | Get-DlAttribution $split -Path "$TestDrive/table.png"
        } UnknownSheetFormat InvalidArgument '.html'
        Assert-DlError { New-DlTestModel | Get-DlAttribution $split } ModelNotTrained InvalidOperation
        $places = 1..20 | ForEach-Object { [pscustomobject]@{ X = [float[]]@($_, 1); Y = [int[]]@(($_ % 2), 1) } } |
            ConvertTo-DlDataset -Label Y -LabelKind Class
        $marker = New-DlLayer Dense 4 | New-DlLayer Reshape 2, 2 | New-DlModel
        $null = $marker | Invoke-DlTraining $places -Epochs 1
        Assert-DlError { $marker | Get-DlAttribution $places } ExplainedLabel InvalidArgument
    }
}
