BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
    $model = New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel -Name one -Seed 1
    $epochs = $model | Invoke-DlTraining -Data $split -Epochs 4 -Seed 1 -RunPath "$TestDrive/runs"

    # The texts of an SVG picture.
    function Get-SvgText([string] $Path) {
        ([xml](Get-Content -LiteralPath $Path -Raw)).GetElementsByTagName('text').'#text'
    }
}

Describe 'Show-DlPlot' {
    It 'plots epochs as they come, and as Export-Csv wrote them' {
        $figure = $epochs | Show-DlPlot
        $figure | Should -BeOfType DeepPS.Plots.Figure
        $figure.Panels.Y.Label | Should -Be Loss, Accuracy
        $figure.Panels[0].Series.Name | Should -Be training, validation, "best epoch: $(
            ($epochs | Sort-Object ValidationLoss)[0].Epoch)"
        $figure.Panels[0].Series[0].Y | Should -Be $epochs.Loss
        $epochs | Export-Csv "$TestDrive/epochs.csv"
        (Import-Csv "$TestDrive/epochs.csv" | Show-DlPlot).Panels[0].Series[1].Y | Should -Be $epochs.ValidationLoss
    }

    It 'writes pictures' {
        $file = $epochs | Show-DlPlot "$TestDrive/curve.svg" -Title 'My run' -Width 500 -Height 300 -Theme Dark
        $file | Should -BeOfType System.IO.FileInfo
        Get-SvgText $file | Should -Contain 'My run'
        Get-SvgText $file | Should -Contain 'Epoch'
        ([xml](Get-Content $file -Raw)).svg.viewBox | Should -Be '0 0 500 300'
        $png = $epochs | Show-DlPlot -Path "$TestDrive/curve.png"
        [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes($png), 1, 3) | Should -Be PNG
    }

    It 'shows a figure in the terminal' {
        $text = $epochs | Show-DlPlot | Out-String -Width 100
        $text | Should -BeLike '*Learning curves*Loss*┤*Epoch*training*'
        $text | Should -Not -Match ([char]27)
        $text -split "`n" | ForEach-Object Length | Should -BeLessOrEqual 121
    }

    It 'overlays runs' {
        $null = New-DlLayer Dense 3 | New-DlModel -Name two -Seed 1 |
            Invoke-DlTraining -Data $split -Epochs 2 -Seed 2 -RunPath "$TestDrive/runs"
        $figure = Get-DlRun "$TestDrive/runs" | Show-DlPlot
        $figure.Panels[0].Series.Where{ $_.Name -and -not $_.IsDashed }.Name | Should -Be one, two
        $figure.Panels[0].Series.Where{ $_.Name -eq 'one' }.Y | Should -HaveCount 4
        ($model | Show-DlPlot).Panels[0].Series[0].Y | Should -HaveCount 4
    }

    It 'plots a sweep of the learning rate' {
        $sweep = $model | Find-DlLearningRate $split -Steps 40
        $figure = $sweep | Show-DlPlot
        $figure.Panels[0].X.IsLog | Should -BeTrue
        $figure.Panels[0].Series.Where{ $_.Name -like 'suggestion*' }.At | Should -Be $sweep.Suggestion
    }

    It 'plots <_> of a model and data' -ForEach Confusion, Roc, PrecisionRecall, Threshold, Calibration {
        $figure = $model | Show-DlPlot -Data $split -Kind $_
        $figure.Title | Should -BeLike '*Blobs (test)*'
        $null = $model | Show-DlPlot "$TestDrive/$_.svg" -Data $split -Kind $_
        Get-SvgText "$TestDrive/$_.svg" | Should -Contain $figure.Panels[0].X.Label
    }

    It 'plots the confusion matrix of an evaluation' {
        $evaluation = $model | Measure-DlModel $split -Metric ConfusionMatrix -NoRecord
        $cells = ($evaluation | Show-DlPlot).Panels[0].Series[0]
        $cells.Rows | Should -Be $evaluation.ConfusionMatrix.Class
        $cells.Values[0][0] | Should -Be $evaluation.ConfusionMatrix[0].($cells.Columns[0])
        ($model | Show-DlPlot -Data $split).Panels[0].Series[0].Values[2] | Should -Be $cells.Values[2]
    }

    It 'plots the residuals of numbers' {
        $rows = 1..60 | ForEach-Object { [pscustomobject]@{ X = $_ / 60; Y = 2 * $_ } }
        $line = New-DlLayer Dense 1 | New-DlModel -Seed 1
        $null = $line | Invoke-DlTraining -Data ($rows | ConvertTo-DlDataset -Label Y) -Epochs 2 -NoRecord
        $figure = $line | Show-DlPlot -Data $rows
        $figure.Panels[0].Series[0].X | ForEach-Object { [Math]::Round($_, 3) } | Should -Be $rows.Y
        $figure.Panels[1].Series[0].Counts | Measure-Object -Sum | ForEach-Object Sum | Should -Be 60
    }

    It 'plots a forecast after its past, and one whose truth is known' {
        $load = New-DlDataset ServerLoad 1500 -Seed 1 | ConvertFrom-DlDataset
        $series = $load | ConvertTo-DlDataset -Label Load |
            ConvertTo-DlTimeSeries -Time Time -Value Load -Group Host -Length 24 -Horizon 6
        $net = New-DlLayer Flatten | New-DlLayer Dense 6 | New-DlModel -Seed 1
        $null = $net | Invoke-DlTraining -Data $series -Epochs 1 -NoRecord
        $figure = $load | Invoke-DlPrediction $net -Horizon 12 | Show-DlPlot -Model $net -Data $load
        $figure.Panels | Should -HaveCount 4
        $figure.Panels[0].Series.Name | Should -Be history, forecast
        $figure.Panels[0].Series[1].X | Should -HaveCount 12
        $back = $net | Show-DlPlot -Data $series
        $back.Panels[0].Series.Name | Should -Contain truth
        $back.Panels[0].Series.Name | Should -Contain 'naive: last value'
        $back.Panels[0].Series.Where{ $_.Name -eq 'forecast' }.Y | Should -HaveCount 6
    }

    It 'plots rows with Column and Importance' {
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ Column = "c$_"; Importance = $_; Deviation = 0.1 } }
        $bars = ($rows | Show-DlPlot).Panels[0].Series[0]
        $bars.Labels | Should -Be c3, c2, c1
        $bars.Deviations | Should -Be 0.1, 0.1, 0.1
    }

    It 'plots lines of any rows, one for each text' {
        $rows = foreach ($way in 'b', 'a') {
            3..1 | ForEach-Object { [pscustomobject]@{ X = $_; Way = $way; Y = "$_.5" } }
        }
        $panel = ($rows | Show-DlPlot -Kind Lines).Panels[0]
        $panel.X.Label, $panel.Y.Label | Should -Be X, Y
        $panel.Series.Name | Should -Be b, a
        $panel.Series[1].X | Should -Be 1, 2, 3
        $panel.Series[1].Y | Should -Be 1.5, 2.5, 3.5
        $two = 1..2 | ForEach-Object { [pscustomobject]@{ X = $_; U = 1; V = 2 } } | Show-DlPlot -Kind Lines
        $two.Panels[0].Series.Name | Should -Be U, V
        Assert-DlError { [pscustomobject]@{ X = 1; Name = 'a' } | Show-DlPlot -Kind Lines } PlotInput InvalidArgument `
            'two columns of numbers'
        Assert-DlError {
            1..30 | ForEach-Object { [pscustomobject]@{ X = $_; Name = "n$_"; Y = 1 } } | Show-DlPlot -Kind Lines
        } PlotInput InvalidArgument 'at most 20 lines'
    }

    It 'completes the names of plots' {
        Get-DlCompletion 'Show-DlPlot -Kind R' | Should -Be Residual, Roc
    }

    It 'writes nothing with -WhatIf, and keeps a file with -NoClobber' {
        $epochs | Show-DlPlot "$TestDrive/whatif.png" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/whatif.png" | Should -Not -Exist
        Set-Content "$TestDrive/kept.png" text
        Assert-DlError { $epochs | Show-DlPlot "$TestDrive/kept.png" -NoClobber } FileExists InvalidOperation kept.png
    }

    It 'refuses what it cannot plot' {
        Assert-DlError { Get-Date | Show-DlPlot } NothingToPlot InvalidArgument Year
        Assert-DlError { $epochs | Show-DlPlot -Kind Pie } UnknownPlot ObjectNotFound Confusion
        Assert-DlError { $epochs | Show-DlPlot -Kind Roc } PlotInput InvalidArgument '-Data'
        Assert-DlError { $epochs | Show-DlPlot -Data $split } PlotInput InvalidArgument 'one model'
        Assert-DlError { $epochs | Show-DlPlot "$TestDrive/a.jpg" } UnknownPlotFormat InvalidArgument '.svg'
        Assert-DlError { $epochs | Show-DlPlot "$TestDrive/no/a.svg" } DirectoryNotFound ObjectNotFound
        $many = 1..60 | ForEach-Object { [pscustomobject]@{ X = $_; Y = "class $($_ % 12)" } } |
            ConvertTo-DlDataset -Label Y
        $twelve = New-DlLayer Dense 12 | New-DlModel
        $null = $twelve | Invoke-DlTraining $many -Epochs 1 -NoRecord
        Assert-DlError { $twelve | Show-DlPlot -Data $many -Kind Roc } TooManyClasses InvalidArgument -Positive
        Assert-DlError { $model | Show-DlPlot -Data $split -Kind Residual } NotANumberLabel InvalidArgument
        Assert-DlError { $model | Show-DlPlot -Data $split -Kind Roc -Positive 12 } ClassNotFound ObjectNotFound "'12'"
    }
}
