BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'ConvertTo-DlDataset' {
    It 'predicts several numbers, each in its unit' {
        $rows = 1..40 | ForEach-Object { [pscustomobject]@{ x = $_; Height = 2 * $_ + 0.5; Weight = 1000 * $_ + 0.5 } }
        $data = $rows | ConvertTo-DlDataset -Label Height, Weight
        $data.Labels.Name | Should -Be Height, Weight
        ($data | Out-String) | Should -BeLike '*label Height, Weight*'
        $model = New-DlLayer Dense 2 | New-DlModel | Invoke-DlTraining $data -Optimizer NormalEquation -PassThru
        $output = [pscustomobject]@{ x = 50 } | Invoke-DlPrediction $model
        [Math]::Round($output.Prediction_Height, 2), [Math]::Round($output.Prediction_Weight / 100) |
            Should -Be 100.5, 500
        $output.Prediction | Should -Be $output.Prediction_Height, $output.Prediction_Weight
    }

    It 'predicts any of several names, of arrays, of text and of columns' {
        $rows = 1..60 | ForEach-Object {
            [pscustomobject]@{
                x = $_; Tags = @(if ($_ -gt 20) { 'big' }; if ($_ -gt 40) { 'huge' }); Big = $_ -gt 20
                Huge = $_ -gt 40
            }
        }
        foreach ($label in 'Tags', @('Big', 'Huge')) {
            $kind = if ($label -is [string]) { @{ LabelKind = 'Labels' } } else { @{} }
            $data = $rows | ConvertTo-DlDataset -Label $label @kind -Property x
            $model = New-DlLayer Dense 8 -Activation Tanh | New-DlLayer Dense 2 | New-DlModel
            $epochs = $model | Invoke-DlTraining $data -Epochs 60 -Optimizer (New-DlOptimizer Adam 0.05)
            $epochs[-1].F1 | Should -BeGreaterThan 0.9
            $output = @{ x = 60 }, @{ x = 1 } | ForEach-Object { [pscustomobject]$_ } | Invoke-DlPrediction $model
            $output[0].Prediction | Should -Be big, huge
            @($output[1].Prediction) | Should -HaveCount 0
            $output[0].Probability_huge | Should -BeGreaterThan 0.5
        }
    }

    It 'refuses labels that are no one label' {
        Assert-DlError {
            [pscustomobject]@{ a = 1; b = 'red' } | ConvertTo-DlDataset -Label a, b
        } InvalidLabel InvalidArgument "'b'"
    }

    It 'refuses a property that no object has' {
        $rows = 1..9 | ForEach-Object { [pscustomobject]@{ x = $_; y = $_ % 2 ? 'odd' : 'even' } }
        Assert-DlError { $rows | ConvertTo-DlDataset y -Property x, zzz } ColumnNotFound ObjectNotFound 'zzz', 'x, y'
        ($rows | ConvertTo-DlDataset y -Property X, q*).Columns.Name | Should -Be x, y
        # One object with it is enough.
        $rows[-1] | Add-Member z 3
        ($rows | ConvertTo-DlDataset y -Property x, z).Columns.Name | Should -Be x, y, z
    }

    It 'makes columns of any objects' {
        $data = Get-Process | ConvertTo-DlDataset -Property Id, WS, ProcessName -Label WS
        $data.Count | Should -BeGreaterThan 0
        $data.Columns.Name | Sort-Object | Should -Be Id, ProcessName, WS
        $data.Label.Kind | Should -Be Number
    }

    It 'makes columns of dictionaries and of rows with gaps' {
        $data = @{ a = 1; b = 'x' }, @{ a = 2 } | ConvertTo-DlDataset -Label b -Name gaps
        $data.Name | Should -Be gaps
        $data.Find('b').Missing | Should -Be 1
    }

    It 'takes properties by wildcard, and the label always' {
        $rows = [pscustomobject]@{ x1 = 1; x2 = 2; z = 3; y = 'a' }, [pscustomobject]@{ x1 = 1; x2 = 2; z = 3; y = 'b' }
        ($rows | ConvertTo-DlDataset y -Property x*).Columns.Name | Should -Be x1, x2, y
    }

    It 'takes numbers as classes where asked' {
        $rows = 0, 1, 0, 1 | ForEach-Object { [pscustomobject]@{ x = $_; y = $_ } }
        ($rows | ConvertTo-DlDataset y -LabelKind Class).Label.Kind | Should -Be Category
    }

    It 'takes few whole numbers as classes, and names the way back' {
        foreach ($pair in (-1, 1), (2, 4), ('0', '1'), ('-1', '+1')) {
            $rows = 1..20 | ForEach-Object { [pscustomobject]@{ x = 1.5 * $_; y = $pair[$_ % 2] } }
            $messages = $rows | ConvertTo-DlDataset y -Verbose 4>&1
            $data = $messages | Where-Object { $_ -is [DeepPS.Data.Dataset] }
            $data.Label.Kind | Should -Be Category
            "$messages" | Should -BeLike '*-LabelKind Number*'
        }
        $rows = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_; y = 2 * $_ } }
        $messages = $rows | ConvertTo-DlDataset y -Verbose 4>&1
        ($messages | Where-Object { $_ -is [DeepPS.Data.Dataset] }).Label.Kind | Should -Be Number
        "$messages" | Should -BeLike '*-LabelKind Class*'
    }

    It 'warns of properties that are left out and of rows without a label' {
        $rows = 1..10 | ForEach-Object {
            [pscustomobject]@{ x = $_; what = [Exception]::new('no'); y = if ($_ -gt 2) { ('a', 'b')[$_ % 2] } }
        }
        $null = $rows | ConvertTo-DlDataset y -WarningVariable warnings 3>$null
        $warnings | Should -HaveCount 2
        "$($warnings[0])" | Should -BeLike "*left out: 'what' holds objects of type Exception*"
        "$($warnings[1])" | Should -BeLike "2 of 10 rows*label 'y'*"
    }

    It 'takes a number column with one bad value in a thousand as numbers, with a warning' {
        $rows = 1..1200 | ForEach-Object { [pscustomobject]@{ x = if ($_ -eq 7) { 'oops' } else { $_ / 4 }; y = $_ } }
        $data = $rows | ConvertTo-DlDataset y -WarningVariable warnings 3>$null
        $data.Find('x').Kind, $data.Find('x').Missing | Should -Be Number, 1
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "*'x'*'oops', first in row 7*-Column @{ 'x' = 'Category' }*"
    }

    It 'reports values that are neither numbers nor names and leaves them out' {
        $rows = [pscustomobject]@{ x = 1; inner = [pscustomobject]@{ y = 2 }; what = [Exception]::new('no') }
        $output = $rows | ConvertTo-DlDataset 3>&1
        ($output | Where-Object { $_ -is [DeepPS.Data.Dataset] }).Columns.Name | Should -Be x
        "$output" | Should -BeLike "*'inner'*'what'*"
    }

    It 'makes columns of dates of every kind, as objects and as text' {
        $day = [datetime]'2024-05-01'
        $rows = [pscustomobject]@{
            a = $day; b = [DateTimeOffset]::new($day, '02:00')
            c = [DateOnly]::FromDateTime($day); d = '31.12.2024'; e = '2024-05-01T12:00Z'
        },
        [pscustomobject]@{ a = $null; b = '2024-05-02'; c = ''; d = '01.02.2024'; e = 'NA' }
        $data = $rows | ConvertTo-DlDataset
        $data.Columns.Kind | Should -Be Time, Time, Time, Time, Time
        $data.Find('a')[0] | Should -Be $day
        $data.Find('b')[0] | Should -Be $day.AddHours(-2)
        $data.Find('d')[1] | Should -Be ([datetime]'2024-02-01')
        $data.Columns.Missing | Should -Be 1, 0, 1, 0, 1
        (Get-Item $PSScriptRoot/*.ps1 | ConvertTo-DlDataset -Property Length, LastWriteTime).Columns.Kind |
            Sort-Object | Should -Be Number, Time
    }

    It 'takes properties as the kinds in -Column' {
        $rows = [pscustomobject]@{ Zip = 1234; On = 'yes'; Day = 20240501; Note = 'a b'; No = 1 },
            [pscustomobject]@{ Zip = 99; On = 0; Day = 20240502; Note = 'c'; No = 2 }
        $data = $rows | ConvertTo-DlDataset -Column @{
            zip = 'Category'; On = 'Boolean'; Day = 'Time'; Note = 'Text'
            No = 'Ignore'
        }
        $data.Columns.Name | Should -Be Zip, On, Day, Note
        $data.Columns.Kind | Should -Be Category, Category, Time, Category
        $data.Columns.Settings.Kind | Should -Be Category, Boolean, Time, Text
        $data.Find('On')[0] | Should -Be True
        $data.Find('Day')[1] | Should -Be ([datetime]'2024-05-02')
        Assert-DlError {
            $rows | ConvertTo-DlDataset -Column @{ Note = 'Number' }
        } NotANumber InvalidData "'a b'", 'row 1'
        Assert-DlError { $rows | ConvertTo-DlDataset -Column @{ Note = 'Time' } } NotATime InvalidData "'a b'"
        Assert-DlError { $rows | ConvertTo-DlDataset -Column @{ Zip = 'Boolean' } } NotABoolean InvalidData "'1234'"
        Assert-DlError {
            $rows | ConvertTo-DlDataset -Column @{ Nope = 'Number' }
        } ColumnNotFound ObjectNotFound Nope, Zip
    }

    It 'makes columns of rows of a data table' {
        $table = [Data.DataTable]::new()
        $null = $table.Columns.Add('x', [int]), $table.Columns.Add('when', [datetime]),
            $table.Columns.Add('name', [string])
        $null = $table.Rows.Add(1, [datetime]'2024-05-01', 'a'), $table.Rows.Add([DBNull]::Value, [DBNull]::Value, 'b')
        $data = $table.Rows | ConvertTo-DlDataset -Property x, when, name
        $data.Columns.Kind | Should -Be Number, Time, Category
        $data.Columns.Missing | Should -Be 1, 1, 0
    }

    It 'makes columns of arrays that have one shape, and gives them back' {
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ Curve = @(@($_, 2), @(3, 4.5)); Words = 'a', "w$_", $null;
            Uneven = $_ -eq 2 ? 1 : @(1, @(2)) } }
        $output = $rows | ConvertTo-DlDataset 3>&1
        $data = $output | Where-Object { $_ -is [DeepPS.Data.Dataset] }
        $data.Columns.Kind | Should -Be Tensor, Tokens
        $data.Columns.ForEach{ $_.Shape.ToString() } | Should -Be '2x2', '3'
        "$output" | Should -BeLike "*'Uneven'*uneven*"
        $again = $data | ConvertFrom-DlDataset
        $again[2].Curve[1][1] | Should -Be 4.5
        $again[2].Words | Should -Be a, w3, $null
        ($again | ConvertTo-DlDataset).Columns.Describe() | Should -Be $data.Columns.Describe()
    }

    It 'pads arrays of different lengths, and learns from their own steps' {
        $random = [Random]::new(3)
        $rows = 1..300 | ForEach-Object {
            $steps = @(1..$random.Next(1, 9) | ForEach-Object { , @($random.NextDouble(), $random.NextDouble()) })
            [pscustomobject]@{ Steps = $steps; Mean = ($steps | ForEach-Object { $_[0] - $_[1] } |
                        Measure-Object -Average).Average }
        }
        $data = $rows | ConvertTo-DlDataset -Label Mean
        $data.Columns[0].Shape.ToString() | Should -Be 8x2
        $data.Columns[0].Describe() | Should -BeLike 'up to 8x2*'
        $again = @($data | ConvertFrom-DlDataset)
        foreach ($row in 0, 17, 299) { $again[$row].Steps.Count | Should -Be $rows[$row].Steps.Count }
        $model = New-DlLayer SequenceMean | New-DlLayer Dense 1 | New-DlModel
        $split = $data | Split-DlDataset -Test 0.2 -Seed 1
        $null = $model | Invoke-DlTraining $split -Optimizer LBFGS -Epochs 30 -BatchSize 300 -Seed 1 -NoRecord
        # With padding in the mean, the length of a sequence would change it.
        ($model | Measure-DlModel $split).R2 | Should -BeGreaterThan 0.999
        $file = "$TestDrive/steps.dlmodel"
        $null = $model | Export-DlModel $file
        $predicted = $rows[0..9] | Invoke-DlPrediction $file
        foreach ($row in $predicted) { [Math]::Abs($row.Prediction - $row.Mean) | Should -BeLessThan 0.05 }
        $long = [pscustomobject]@{ Steps = @(1..9 | ForEach-Object { , @(1, 2) }) }
        Assert-DlError { $long | Invoke-DlPrediction $file } WrongArrayShape InvalidData '8x2 or shorter', 'Cut'
    }

    It 'takes the classes of a label from -Column, also those that do not occur' {
        $rows = 0..59 | ForEach-Object { [pscustomobject]@{ x = $_ % 3; y = $_ % 3; Word = "$(@('a', 'b')[$_ % 2])" } }
        $split = $rows | ConvertTo-DlDataset y -Property x -Column @{ y = @{ Classes = 0..4 } } | Split-DlDataset
        $split.Plan.Label.Classes | Should -Be 0, 1, 2, 3, 4
        $model = New-DlLayer Dense 5 | New-DlModel
        $options = @{ Epochs = 30; Optimizer = New-DlOptimizer Adam 0.1; ClassWeight = 'Balanced'; NoRecord = $true }
        $null = $model | Invoke-DlTraining $split @options
        ($rows[1] | Invoke-DlPrediction $model).Prediction | Should -Be 1
        $all = $rows[1] | Invoke-DlPrediction $model -Probability All
        $all.PSObject.Properties.Name | Should -Contain Probability_4
        $words = $rows | ConvertTo-DlDataset Word -Property x -Column @{ Word = @{ Classes = 'c', 'b', 'a' } }
        ($words | Split-DlDataset).Plan.Label.Classes | Should -Be c, b, a -Because 'it is the order of the outputs'
        Assert-DlError {
            $rows | ConvertTo-DlDataset Word -Column @{ Word = @{ Classes = 'b', 'c' } } | Split-DlDataset
        } UnknownClass InvalidData "'a'", 'b, c'
        Assert-DlError {
            $rows | ConvertTo-DlDataset Word -Column @{ x = @{ Classes = 0..4 } } | Split-DlDataset
        } InvalidColumnSetting InvalidArgument 'for a label'
        $rows | Export-Csv "$TestDrive/classes.csv"
        (Import-DlDataset "$TestDrive/classes.csv" -Label y -Column @{ y = @{ Classes = 0..4 } } |
            Split-DlDataset).Plan.Label.Classes | Should -Be 0, 1, 2, 3, 4
    }

    It 'trains the Transformer of one vocabulary where not all tokens occur' {
        $rows = 1..40 | ForEach-Object {
            $words = [int[]]@(1..4 | ForEach-Object { 1 + $_ % 3 })
            [pscustomobject]@{ Source = $words; Target = [int[]]@(, 9 + $words[0..2]); Next = $words }
        }
        $data = $rows | ConvertTo-DlDataset Next -Column @{ Next = @{ Classes = 0..9 } }
        $sizes = @{ Vocabulary = 10; SourceLength = 4; TargetLength = 4; Width = 8; Heads = 2; Depth = 1 }
        $model = New-DlModel -Architecture Transformer @sizes -FeedForward 8
        $record = $model | Invoke-DlTraining $data -Epochs 1 -NoRecord
        $record.Loss | Should -BeGreaterThan 0
        ($rows[0] | Invoke-DlPrediction $model).Prediction | Should -HaveCount 4
    }

    It 'takes arrays in lists, of wrapped objects too' {
        $list = [Collections.Generic.List[object]]::new()
        1..3 | Write-Output | ForEach-Object { $list.Add($_) }
        ([pscustomobject]@{ x = $list }, @{ x = [Collections.ArrayList](4, 5, 6) } |
            ConvertTo-DlDataset).Columns[0].Shape.ToString() | Should -Be 3
    }

    It 'takes a column of weights, which is no input' {
        $rows = 1..4 | ForEach-Object { [pscustomobject]@{ x = $_; y = 2 * $_; z = 1; w = "$($_ / 2)" } }
        $data = $rows | ConvertTo-DlDataset y -Property x -SampleWeight w
        $data.Columns.Name | Should -Be x, y, w
        0..3 | ForEach-Object { $data.Weight[$_] } | Should -Be 0.5, 1, 1.5, 2
        "$(($data | Split-DlDataset -Test 0.25 -Seed 1).Plan)" | Should -BeLike '1 columns -> 1, label y*'
        ($data | Out-String) | Should -Match 'w\s+Weight'
        Assert-DlError { $rows | ConvertTo-DlDataset y -SampleWeight v } WeightNotFound ObjectNotFound v, x
        $rows[2].w = -1
        Assert-DlError { $rows | ConvertTo-DlDataset y -SampleWeight w } InvalidWeight InvalidData 'row 3 has -1'
    }

    It 'says why nothing is left' {
        Assert-DlError {
            @{ x = 1, 2 }, @{ x = @(1, 2), @(3, 4) } | ConvertTo-DlDataset
        } NoColumns InvalidData 'different shapes, 2 and then 2x2'
    }

    It 'survives a property that cannot be read' {
        $rows = 1..3 | ForEach-Object {
            [pscustomobject]@{ x = $_ } |
                Add-Member ScriptProperty bad { throw 'no' } -PassThru
        }
        ($rows | ConvertTo-DlDataset).Count | Should -Be 3
    }

    It 'refuses a label that is no property' {
        Assert-DlError {
            [pscustomobject]@{ a = 1 } | ConvertTo-DlDataset -Label prise
        } LabelNotFound ObjectNotFound prise, a
    }

    It 'refuses nothing' { Assert-DlError { @() | ConvertTo-DlDataset } EmptyDataset InvalidData 'No objects' }
}
