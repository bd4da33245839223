BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
    $model = New-DlTrainedModel
    $label = $split.Test.Label.Name
    $rows = @($split.Test | ConvertFrom-DlDataset)
}

Describe 'Invoke-DlPrediction' {
    It 'gives each object back with a prediction and a probability' {
        $output = @($rows | Invoke-DlPrediction -Model $model)
        $output | Should -HaveCount $rows.Count
        $output[0].PSObject.Properties.Name |
            Should -Be (@($rows[0].PSObject.Properties.Name) + 'Prediction', 'Probability', 'Unfamiliar')
        $output.ForEach{ $_.Prediction -eq $_.$label } | Group-Object | Sort-Object Count |
            Select-Object -Last 1 -ExpandProperty Name | Should -Be True
        $output[0].Probability | Should -BeGreaterThan 0.3
    }

    It 'leaves the input rows unchanged' {
        $null = $rows | Invoke-DlPrediction $model
        $rows[0].PSObject.Properties.Name | Should -Not -Contain Prediction
    }

    It 'predicts again over its own output' {
        $twice = @($rows | Invoke-DlPrediction $model | Invoke-DlPrediction $model)
        $twice[0].PSObject.Properties.Name.Where{ $_ -eq 'Prediction' } | Should -HaveCount 1
    }

    It 'gives the same whether objects come alone or together' {
        $together = @($rows | Invoke-DlPrediction $model)
        $alone = @($rows.ForEach{ $_ | Invoke-DlPrediction $model })
        $alone.Prediction | Should -Be $together.Prediction
    }

    It 'takes hashtables, and text where numbers are meant' {
        $row = @{ X1 = $rows[0].X1; X2 = "$($rows[0].X2)" }
        ($row | Invoke-DlPrediction $model).Prediction | Should -Be ($rows[0] | Invoke-DlPrediction $model).Prediction
    }

    It 'takes a dataset' {
        $output = @($split.Test | Invoke-DlPrediction $model)
        $output | Should -HaveCount $rows.Count
        $output[0].Row | Should -Be 1
        $output[0].$label | Should -Be $rows[0].$label
        $output.Prediction | Should -Be ($rows | Invoke-DlPrediction $model).Prediction
    }

    It 'predicts the <Type> of a label of <Values>' -ForEach @(
        @{ Values = $true, $false; Type = 'bool' }
        @{ Values = -1, 1; Type = 'int' }
        @{ Values = 'false', 'true'; Type = 'string' }
        @{ Values = '007', '008'; Type = 'string' }
        @{ Values = 'no', 'yes'; Type = 'string' }
    ) {
        $rows = 1..40 | ForEach-Object { [pscustomobject]@{ x = $_ % 2 + $_ / 100; y = $Values[$_ % 2] } }
        $data = $rows | ConvertTo-DlDataset y -LabelKind Class
        $model = New-DlLayer Dense 2 | New-DlModel |
            Invoke-DlTraining $data -Epochs 60 -Optimizer (New-DlOptimizer Adam 0.1) -Seed 1 -PassThru -NoRecord
        $output = @($rows | Invoke-DlPrediction $model)
        $output.Prediction | ForEach-Object { $_ | Should -BeOfType $Type }
        $output | Where-Object { $_.Prediction -ne $_.y } | Should -BeNullOrEmpty
        # Rows of the dataset have the label in its type too, in either order of a comparison.
        $output = @($data | Invoke-DlPrediction $model)
        $output | Where-Object { $_.y -ne $_.Prediction -or $_.Prediction -ne $_.y } | Should -BeNullOrEmpty
        ($data | ConvertFrom-DlDataset | Select-Object -First 1).y | Should -BeOfType $Type
        $file = "$TestDrive/typed.dlmodel"
        $null = $model | Export-DlModel $file -Force
        ($rows[0] | Invoke-DlPrediction $file).Prediction | Should -BeOfType $Type
    }

    It 'takes an infinite number as missing, as training does' {
        $rows = 1..30 | ForEach-Object {
            [pscustomobject]@{ x = if ($_ -eq 3) { [double]::PositiveInfinity } else { $_ }; y = 0.5 * $_ }
        }
        $data = $rows | ConvertTo-DlDataset y -WarningAction SilentlyContinue
        $data.Find('x').Missing | Should -Be 1
        $model = New-DlLayer Dense 1 | New-DlModel |
            Invoke-DlTraining $data -Optimizer NormalEquation -PassThru -NoRecord
        $infinite, $none = @{ x = [double]::NegativeInfinity }, @{ x = $null } | Invoke-DlPrediction $model
        $infinite.Prediction | Should -Be $none.Prediction
    }

    It 'continues after a row without a required value' {
        $rows = 1..30 | ForEach-Object { [pscustomobject]@{ x = if ($_ -eq 7) { $null } else { $_ }; z = $_ % 3;
            y = 2 * $_ + 0.5 } }
        $data = $rows | ConvertTo-DlDataset -Label y -Missing Drop
        $strict = New-DlLayer Dense 1 | New-DlModel | Invoke-DlTraining $data -Optimizer NormalEquation -PassThru
        foreach ($source in $data, $rows) {
            $output = $source | Invoke-DlPrediction $strict -ErrorVariable problems -ErrorAction SilentlyContinue
            $output | Should -HaveCount 29
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'MissingValue,*'
            [Math]::Round($output[-1].Prediction, 3) | Should -Be 60.5
        }
    }

    It 'takes a dataset of images' {
        $digits = New-DlDataset Digits 60 -Seed 1
        $network = New-DlLayer Flatten | New-DlLayer Dense 10 | New-DlModel |
            Invoke-DlTraining $digits -Epochs 1 -PassThru
        $output = @($digits | Invoke-DlPrediction $network)
        $output | Should -HaveCount 60
        $output[0].PSObject.Properties.Name | Should -Be Row, $digits.Label.Name, Prediction, Probability
    }

    It 'takes image files and their paths, where the model was trained on such' {
        foreach ($i in 0..39) {
            $null = New-Item -ItemType Directory -Force "$TestDrive/set/$($i % 2 ? 'dark' : 'light')"
            [IO.File]::WriteAllBytes("$TestDrive/set/$($i % 2 ? 'dark' : 'light')/$i.pgm",
                [Text.Encoding]::ASCII.GetBytes("P5 3 2 255`n") + (, [byte](($i % 2 ? 20 : 200) + $i) * 6))
        }
        $data = Import-DlDataset "$TestDrive/set" -ImageSize 4 -ImageMode Grey -ImageNormalize Data
        $network = New-DlLayer Flatten | New-DlLayer Dense 2 | New-DlModel -Seed 1 |
            Invoke-DlTraining $data -Epochs 30 -Optimizer (New-DlOptimizer Adam 0.05) -BatchSize 8 -Seed 1 -PassThru
        $null = $network | Export-DlModel "$TestDrive/images.dlmodel"
        $output = @(Get-ChildItem "$TestDrive/set" -Recurse -File |
            Invoke-DlPrediction -Model "$TestDrive/images.dlmodel")
        $output | Should -HaveCount 40
        $output.ForEach{ $_.Prediction -eq $_.Directory.Name } | Should -Not -Contain $false
        $output | Out-String | Should -BeLike '*Name*Prediction*Probability*'
        Push-Location $TestDrive
        $paths = @('set/dark/1.pgm', 'set/light/1?.pgm' | Invoke-DlPrediction $network)
        $paths.Name | Should -Be 1.pgm, 10.pgm, 12.pgm, 14.pgm, 16.pgm, 18.pgm
        $paths.Prediction | Should -Be dark, light, light, light, light, light
        ([pscustomobject] @{ Image = 'set/dark/1.pgm' } | Invoke-DlPrediction $network).Prediction | Should -Be dark
        Assert-DlError { 'set/none.pgm' | Invoke-DlPrediction $network } FileNotFound ObjectNotFound none.pgm
        Set-Content broken.jpg text
        Assert-DlError {
            Get-Item broken.jpg, set/dark/1.pgm | Invoke-DlPrediction $network
        } InvalidImage InvalidData broken.jpg
        Pop-Location
    }

    It 'works with a model file, from CSV, in a new session' {
        $null = $model | Export-DlModel "$TestDrive/m.dlmodel"
        $rows | Select-Object X1, X2 | Export-Csv "$TestDrive/new.csv"
        $predictions = Invoke-DlShell {
            param($path, $drive)
            Import-Module $path
            Set-Location $drive
            Import-Csv new.csv | Invoke-DlPrediction -Model ./m.dlmodel | ForEach-Object Prediction
        } $ManifestPath, "$TestDrive"
        $predictions | Should -Be ($rows | Invoke-DlPrediction $model).Prediction
    }

    It 'reads the text of later rows as the file of training was written' {
        $path = Join-Path $TestDrive european.csv
        @('a;b;y') + (1..40).ForEach{ '{0}.000,5;{1};{2}' -f $_, ('x', 'unbekannt', 'z')[$_ % 3],
            ('low', 'high')[$_ -gt 20] } | Set-Content $path
        $data = Import-DlDataset $path -Label y -Decimal ',' -Thousands '.' -MissingValue unbekannt
        $model = New-DlLayer Dense 2 | New-DlModel -Seed 1
        $null = $model | Invoke-DlTraining -Data $data -Epochs 5 -NoRecord
        $file = Join-Path $TestDrive european.dlmodel
        $model | Export-DlModel $file
        $raw = @(Import-Csv $path -Delimiter ';' | Invoke-DlPrediction $file)
        $raw.Probability | Should -Be @($data | Invoke-DlPrediction $model).Probability
        ($raw.Probability | Select-Object -Unique).Count | Should -BeGreaterThan 30
    }

    It 'predicts numbers without a probability' {
        $data = 1..50 | ForEach-Object { [pscustomobject]@{ a = $_; y = 2.5 * $_ } }
        $line = New-DlLayer Dense 1 | New-DlModel |
            Invoke-DlTraining ($data | ConvertTo-DlDataset y) -Epochs 200 -LearningRate 0.05 -PassThru
        $output = [pscustomobject]@{ a = 20 } | Invoke-DlPrediction $line
        $output.Prediction | Should -BeGreaterThan 40
        $output.Prediction | Should -BeLessThan 60
        $output.Probability | Should -BeNullOrEmpty
    }

    It 'predicts arrays where the label is one' {
        $data = 1..60 | ForEach-Object { [pscustomobject]@{ a = $_; y = (2.5 * $_), (100 - $_) } }
        $plane = New-DlLayer Dense 2 | New-DlModel |
            Invoke-DlTraining ($data | ConvertTo-DlDataset y) -Epochs 200 -LearningRate 0.05 -PassThru
        $prediction = ([pscustomobject]@{ a = 20 } | Invoke-DlPrediction $plane).Prediction
        $prediction | Should -HaveCount 2
        [math]::Abs($prediction[0] - 50) | Should -BeLessThan 5
        [math]::Abs($prediction[1] - 80) | Should -BeLessThan 5
    }

    It 'says how far an autoencoder is off, for each object' {
        $normal = 1..60 | ForEach-Object { [pscustomobject]@{ x = ($_ / 30), ($_ / 15), (1 - $_ / 30) } }
        $auto = New-DlLayer Dense 1 | New-DlLayer Dense 3 | New-DlModel -Seed 1 |
            Invoke-DlTraining ($normal | ConvertTo-DlDataset) -Reconstruct -Epochs 150 -LearningRate 0.05 -PassThru
        $null = $auto | Export-DlModel "$TestDrive/auto.dlmodel"
        $odd = [pscustomobject]@{ x = 2, 0, 2 }
        $output = $normal[9], $odd | Invoke-DlPrediction "$TestDrive/auto.dlmodel"
        $output[0].Prediction | Should -HaveCount 3
        $output[1].Error | Should -BeGreaterThan (10 * $output[0].Error)
    }

    It 'adds quantiles to the prediction' {
        $data = 1..50 | ForEach-Object { [pscustomobject]@{ a = $_ % 2; y = $_ + 0.5 } }
        $interval = New-DlLayer Dense 2 | New-DlModel |
            Invoke-DlTraining ($data | ConvertTo-DlDataset y) -Loss (New-DlLoss Quantile 0.1,
                0.9) -Epochs 150 -LearningRate 0.05 -PassThru
        $output = [pscustomobject]@{ a = 1 } | Invoke-DlPrediction $interval
        $output.'Quantile0.1' | Should -BeLessThan 12
        $output.'Quantile0.9' | Should -BeGreaterThan 38
        $output.Low, $output.High | Should -Be $output.'Quantile0.1', $output.'Quantile0.9'
    }

    It 'gives the interval of 95% where the network predicts a deviation' {
        $data = 1..50 | ForEach-Object { [pscustomobject]@{ a = $_ % 2; y = $_ + 0.5 } }
        $normal = New-DlLayer Dense 2 | New-DlModel |
            Invoke-DlTraining ($data | ConvertTo-DlDataset y) -Loss GaussianNLL -Epochs 20 -NoRecord -PassThru
        $output = [pscustomobject]@{ a = 1 } | Invoke-DlPrediction $normal
        $half = [Math]::Round(1.959964 * $output.Deviation, 3)
        [Math]::Round($output.High - $output.Prediction, 3) | Should -Be $half
        [Math]::Round($output.Prediction - $output.Low, 3) | Should -Be $half
    }

    It 'reports a bad record as the target of an error, and continues with the others' {
        $bad = [pscustomobject]@{ X1 = 'abc'; X2 = 1 }
        $lacking = [pscustomobject]@{ X1 = 1 }
        $output = $rows[0], $bad, $rows[1], $lacking, $rows[2] |
            Invoke-DlPrediction $model -ErrorVariable problems -ErrorAction SilentlyContinue
        $output | Should -HaveCount 3
        $problems | Should -HaveCount 2
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotANumber,*'
        $problems[0].TargetObject | Should -Be $bad
        $problems[1].FullyQualifiedErrorId | Should -BeLike 'ColumnNotFound,*'
        "$($problems[1])" | Should -BeLike '*X2*Found: X1*'
    }

    It 'comes at once while objects come slowly' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = & { $rows[0]; Start-Sleep -Milliseconds 300; $rows[1]; $script:slow = $watch.ElapsedMilliseconds } |
            Invoke-DlPrediction $model | ForEach-Object { $script:first ??= $watch.ElapsedMilliseconds }
        $script:first | Should -BeLessThan $script:slow
    }

    It 'refuses an untrained model, a missing file and an object that is no model' {
        Assert-DlError { 1 | Invoke-DlPrediction (New-DlTestModel) } ModelNotTrained InvalidOperation Invoke-DlTraining
        Assert-DlError { 1 | Invoke-DlPrediction ./nosuch.dlmodel } FileNotFound ObjectNotFound nosuch
        Assert-DlError { 1 | Invoke-DlPrediction 5 } NotAModel InvalidArgument Int32
    }
}

Describe 'Invoke-DlPrediction of files' {
    BeforeAll {
        # Every kind of column that a row of text can have; b has missing values, and c a level with a comma.
        $table = foreach ($i in 1..400) {
            [pscustomobject]@{
                a = [Math]::Sin($i) * 3; b = if ($i % 7) { $i * 1.5 } else { $null }
                c = ('red', 'green, dark', 'blue')[$i % 3]; d = ('yes', 'no')[[int]($i % 5 -lt 2)]
                t = [datetime]::new(2024, 1, 1).AddHours($i * 5).ToString('s')
                y = ('low', 'mid', 'high, very')[($i % 3 + [int]($i % 5 -lt 2)) % 3]
            }
        }
        $mixed = New-DlLayer Dense 8 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel -Seed 1 |
            Invoke-DlTraining ($table | ConvertTo-DlDataset y) -Epochs 5 -Seed 1 -NoRecord -PassThru
        $binary = New-DlLayer Dense 1 | New-DlModel -Seed 1 |
            Invoke-DlTraining ($table | ConvertTo-DlDataset d -Property a, b, c, d) -Epochs 2 -NoRecord -PassThru
        $in = "$TestDrive/in.csv"
        $out = "$TestDrive/out.csv"
        $table | Export-Csv $in

        function Test-Same($Written, $Expected) {
            $Written.Prediction | Should -Be $Expected.Prediction
            foreach ($i in 0..($Written.Count - 1)) {
                [Math]::Abs([double]$Written[$i].Probability - $Expected[$i].Probability) | Should -BeLessThan 1e-5
            }
        }
    }

    It 'writes what objects of the file get' {
        Invoke-DlPrediction $mixed -Path $in -OutFile $out | Should -BeOfType System.IO.FileInfo
        $written = @(Import-Csv $out)
        $written | Should -HaveCount 400
        ($written | Select-Object -ExcludeProperty Prediction, Probability, Unfamiliar | ConvertTo-Csv) |
            Should -Be (Import-Csv $in | ConvertTo-Csv)
        Test-Same $written @(Import-Csv $in | Invoke-DlPrediction $mixed)
    }

    It 'reads <Name>' -ForEach @(
        @{ Name = 'semicolons and a decimal comma'
            Text = { ($_ | ConvertTo-Csv -Delimiter ';') -replace '(\d)\.(\d)', '$1,$2' } }
        @{ Name = 'line ends of Windows and empty lines'; Text = { ($_ | ConvertTo-Csv) -join "`r`n`r`n" } }
        @{ Name = 'quotes only where they are needed'; Text = { $_ | ConvertTo-Csv -UseQuotes AsNeeded } }
        @{ Name = 'tabs'; Text = { $_ | ConvertTo-Csv -Delimiter "`t" } }
    ) {
        $lines = ForEach-Object $Text -InputObject $table
        $lines | Set-Content "$TestDrive/other.csv"
        $data = Import-DlDataset "$TestDrive/other.csv" -Label y
        $own = New-DlLayer Dense 3 | New-DlModel -Seed 1 | Invoke-DlTraining $data -Epochs 3 -NoRecord -PassThru
        $null = Invoke-DlPrediction $own -Path "$TestDrive/other.csv" -OutFile $out
        $again = Import-DlDataset $out -Label y
        $again.Count | Should -Be 400
        $expected = @($data | Invoke-DlPrediction $own)
        Test-Same @(ConvertFrom-DlDataset $again) $expected
    }

    It 'leaves the properties that an object has alone' {
        Add-Type 'public class DlTyped { public double X1 = 1, X2 = 2; }
            public class DlSure { public double X1 = 1, X2 = 2, Probability = 0.123; }'
        $first, $second = 1, 2 | ForEach-Object {
            $made = New-DlLayer Dense 3 | New-DlModel -Seed $_
            $null = $made | Invoke-DlTraining (New-DlDataset Blobs 60 -Seed 1) -Epochs 1 -Seed $_ -NoRecord
            $made
        }
        $sure = [DlSure]::new()
        ($sure | Invoke-DlPrediction $first).Probability | Should -BeGreaterThan 0.3
        $sure.Probability | Should -Be 0.123
        $typed = [DlTyped]::new()
        $one = $typed | Invoke-DlPrediction $first
        $one | Should -BeOfType DlTyped
        $before = $one.Probability
        $two = $typed | Invoke-DlPrediction $second
        $two.Probability | Should -Not -Be $before
        $one.Probability | Should -Be $before
        $two.X2 | Should -Be 2
        $two.PSTypeNames[0] | Should -Be Selected.DlTyped
    }

    It 'has no file for the past of a series' {
        $series = 1..40 | ForEach-Object { [pscustomobject]@{ Day = $_; Value = [Math]::Sin($_) } } |
            ConvertTo-DlTimeSeries Day Value -Length 5
        $forecaster = New-DlLayer Flatten | New-DlLayer Dense 1 | New-DlModel
        $null = $forecaster | Invoke-DlTraining $series -Epochs 1 -NoRecord
        Assert-DlError { Invoke-DlPrediction $forecaster -Path $in -OutFile $out } NotATableModel InvalidArgument `
            'Import-Csv'
    }

    It 'keeps a row that it cannot read, without a prediction' {
        $rows = @(Import-Csv $in)
        $rows[7].a = 'much'
        $rows[9].c = 'unseen'
        $rows | Export-Csv "$TestDrive/bad.csv"
        $null = Invoke-DlPrediction $mixed -Path "$TestDrive/bad.csv" -OutFile $out -ErrorVariable problems `
            -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotANumber,*'
        "$($problems[0])" | Should -BeLike "*bad.csv*row 8:*'much'*"
        $written = @(Import-Csv $out)
        $written | Should -HaveCount 400
        $written[7].a, $written[7].Prediction, $written[7].Probability | Should -Be 'much', '', ''
        $rest = 0..399 -ne 7
        Test-Same $written[$rest] @($rows[$rest] | Invoke-DlPrediction $mixed -WarningAction SilentlyContinue)
    }

    It 'shows the errors of ten rows and counts the others' {
        $rows = @(Import-Csv $in)
        foreach ($i in 0..24) { $rows[$i].a = 'much' }
        $rows | Export-Csv "$TestDrive/bad.csv"
        $null = Invoke-DlPrediction $mixed -Path "$TestDrive/bad.csv" -OutFile $out -ErrorVariable problems `
            -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
        $problems | Should -HaveCount 10
        "$warnings" | Should -BeLike '25 of 400 rows*'
    }

    It 'joins files, and replaces the file that it reads' {
        $table[0..99] | Export-Csv "$TestDrive/part1.csv"
        $table[100..399] | Export-Csv "$TestDrive/part2.csv"
        $null = Invoke-DlPrediction $mixed -Path "$TestDrive/part*.csv" -OutFile $out
        @(Import-Csv $out).t | Should -Be $table.t
        Copy-Item $in "$TestDrive/same[1].csv"
        $null = Invoke-DlPrediction $mixed -LiteralPath "$TestDrive/same[1].csv" -OutFile "$TestDrive/same[1].csv"
        @(Import-Csv -LiteralPath "$TestDrive/same[1].csv").Prediction | Should -Be (Import-Csv $out).Prediction
    }

    It 'leaves the old file when it fails, or is asked what it would do' {
        Set-Content $out old
        $null = Invoke-DlPrediction $mixed -Path $in -OutFile $out -WhatIf
        Get-Content $out | Should -Be old
        Set-Content "$TestDrive/ragged.csv" 'a,b,c,d,t', '1,2,red,yes,2024-01-01', '1,2'
        Assert-DlError { Invoke-DlPrediction $mixed -Path "$TestDrive/ragged.csv" -OutFile $out } RaggedRow `
            InvalidData 'line 3'
        Assert-DlError { Invoke-DlPrediction $mixed -Path $in -OutFile $out -NoClobber } FileExists InvalidOperation
        Get-Content $out | Should -Be old
        Get-ChildItem $TestDrive -Force -Filter *.tmp | Should -BeNullOrEmpty
    }

    It 'refuses files without a column, or with one named Prediction, and models of other things' {
        Set-Content "$TestDrive/few.csv" 'a,b', '1,2'
        Assert-DlError { Invoke-DlPrediction $mixed -Path "$TestDrive/few.csv" -OutFile $out } ColumnNotFound `
            ObjectNotFound
        $null = Invoke-DlPrediction $mixed -Path $in -OutFile $out
        Assert-DlError { Invoke-DlPrediction $mixed -Path $out -OutFile "$TestDrive/twice.csv" } DuplicateColumn `
            InvalidData
        Assert-DlError { Invoke-DlPrediction $mixed -Path ./nosuch.csv -OutFile $out } FileNotFound ObjectNotFound
    }

    It 'gives the probability of every class, and they sum to 1' {
        $rows = @($table | Invoke-DlPrediction $mixed -Probability All)
        $null = Invoke-DlPrediction $mixed -Path $in -OutFile $out -Probability All
        foreach ($row in $rows[0], @(Import-Csv $out)[0]) {
            $row.PSObject.Properties.Name | Select-Object -Last 6 | Should -Be Prediction, Probability,
                'Probability_high, very', Probability_low, Probability_mid, Unfamiliar
            $each = [double[]]($row.'Probability_high, very', $row.Probability_low, $row.Probability_mid)
            [Math]::Round(($each | Measure-Object -Sum).Sum, 5) | Should -Be 1
            ($each | Measure-Object -Maximum).Maximum | Should -Be ([double]$row.Probability)
        }
    }

    It 'predicts the positive class from a threshold on' {
        $default = @($table | Invoke-DlPrediction $binary -Probability All)
        foreach ($threshold in 0.2, 0.8) {
            foreach ($class in 'yes', 'no') {
                $rows = @($table | Invoke-DlPrediction $binary -Threshold $threshold -Positive $class)
                $other = $class -eq 'yes' ? 'no' : 'yes'
                $rows.Prediction |
                    Should -Be $default.ForEach{ $_."Probability_$class" -ge $threshold ? $class : $other }
            }
        }
        @($table | Invoke-DlPrediction $binary -Threshold 0).Prediction | Select-Object -Unique | Should -Be yes
        @($table | Invoke-DlPrediction $mixed -Threshold 0 -Positive MID).Prediction | Select-Object -Unique |
            Should -Be mid
        Assert-DlError { $table | Invoke-DlPrediction $mixed -Threshold 0.5 } NoPositiveClass InvalidArgument Positive
        Assert-DlError { $table | Invoke-DlPrediction $mixed -Threshold 0.5 -Positive tall } ClassNotFound `
            ObjectNotFound
    }

    It 'shows the error for a missing property once, and counts the others' {
        $output = 1..2500 | ForEach-Object { [pscustomobject]@{ a = $_ } } |
            Invoke-DlPrediction $mixed -ErrorVariable problems -ErrorAction SilentlyContinue -WarningVariable warnings `
                -WarningAction SilentlyContinue
        $output | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ColumnNotFound,*'
        "$warnings" | Should -BeLike "2?500 objects have no property 'b'*"
    }

    It 'keeps the order of many objects' {
        $many = foreach ($k in 1..8) { foreach ($row in $table) { $row } }
        $output = @($many | Invoke-DlPrediction $mixed)
        $output.t | Should -Be $many.t
        $output.Prediction | Select-Object -First 400 | Should -Be (@($output.Prediction) | Select-Object -Last 400)
    }

    It 'lists the columns with values unlike those of training, and counts them once' {
        $rows = @($table | ForEach-Object { $_.PSObject.Copy() })
        $rows[3].c = 'violet'
        $rows[5].a = 1000
        $rows[5].c = 'violet'
        $rows[6].b = -5000
        $rows | Export-Csv "$TestDrive/odd.csv"
        $quiet = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        $outputs = @(
            , @($rows | Invoke-DlPrediction $mixed @quiet); $counts = @("$warnings")
            , @($rows | Select-Object * -ExcludeProperty y | ConvertTo-DlDataset | Invoke-DlPrediction $mixed @quiet)
            $counts += "$warnings"
            $null = Invoke-DlPrediction $mixed -Path "$TestDrive/odd.csv" -OutFile $out @quiet
            , @(Import-Csv $out); $counts += "$warnings"
        )
        foreach ($output in $outputs) {
            ($output | Where-Object Unfamiliar).Unfamiliar | Should -Be 'c', 'a, c', 'b'
            $output[3].Unfamiliar | Should -Be c
        }
        $counts | Should -HaveCount 3
        foreach ($count in $counts) { $count | Should -BeLike '3 rows hold values unlike*a (1), b (1), c (2).*' }
        $null = $mixed | Export-DlModel "$TestDrive/mixed.dlmodel"
        ($rows | Invoke-DlPrediction "$TestDrive/mixed.dlmodel" -WarningAction SilentlyContinue).Unfamiliar |
            Should -Be $outputs[0].Unfamiliar
        $null = $table | Invoke-DlPrediction $mixed -WarningVariable none
        $none | Should -BeNullOrEmpty
    }

    It 'stops when the pipeline does' {
        $first = $table + $table + $table + $table | Invoke-DlPrediction $mixed | Select-Object -First 1
        $first.Prediction | Should -Not -BeNullOrEmpty
    }
}
