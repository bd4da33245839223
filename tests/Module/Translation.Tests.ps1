# Models that produce text: labels of kind Text, decoding, language models.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    # Numbers in words; the target has each of them in the reverse order.
    $english = 'one', 'two', 'three', 'four', 'five'
    $french = 'un', 'deux', 'trois', 'quatre', 'cinq'
    $random = [Random]::new(1)
    $pairs = foreach ($i in 1..160) {
        $digits = @(1..$random.Next(2, 5) | ForEach-Object { $random.Next(5) })
        $reversed = $digits[($digits.Count - 1)..0]
        [pscustomobject]@{ English = "$($english[$digits])."; French = "$($french[$reversed])." }
    }
    $pairs | Export-Csv "$TestDrive/pairs.csv"
    $data = Import-DlDataset "$TestDrive/pairs.csv" -Label French -LabelKind Text
    $options = @{ Epochs = 25; BatchSize = 16; Optimizer = New-DlOptimizer Adam 0.01; Seed = 1; NoRecord = $true }
    $small = @{ Width = 16; Depth = 1; Heads = 2; FeedForward = 32; Dropout = 0; Seed = 1 }
    $model = New-DlModel Transformer @small
    $records = $model | Invoke-DlTraining -Data $data @options
    $quiet = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
}

Describe 'A label of kind Text' {
    It 'has a vocabulary, and the text input needs no -Column' {
        $split = $data | Split-DlDataset -Test 0.2 -Seed 1
        $plan = $split.Plan
        $plan.Label.Kind | Should -Be Text
        @($plan.Label.Classes)[0, 1, -2, -1] | Should -Be '<padding>', '<unknown>', '<begin>', '<end>'
        $plan.Label.Classes | Should -HaveCount 10
        ($plan.Columns | Where-Object Name -EQ English).Role | Should -Be Input
        ($data | Get-DlDatasetColumn | Where-Object Name -EQ French).Role | Should -Be Label
    }

    It 'is learned, with an object for each epoch that Export-Csv takes' {
        $records | Export-Csv "$TestDrive/epochs.csv"
        $last = (Import-Csv "$TestDrive/epochs.csv")[-1]
        [double] $last.TokenAccuracy | Should -BeGreaterThan 0.95
        [double] $last.Perplexity | Should -BeLessThan 1.3
        $model.Summary()[-1].OutputShape | Should -Be 6x10
    }

    It 'is measured by token and by text' {
        $measured = $model | Measure-DlModel -Data $pairs[0..19] -NoRecord
        $measured.PSObject.Properties.Name |
            Should -Be Dataset, Count, Loss, TokenAccuracy, Perplexity, Bleu, ChrF
        $measured.Bleu | Should -BeGreaterThan 80
        $measured.ChrF | Should -BeGreaterThan 80
        ($model | Measure-DlModel -Data $data -Metric ChrF -NoRecord).ChrF | Should -BeGreaterThan 80
    }

    It 'is refused where nothing produces text' {
        Assert-DlError {
            New-DlLayer Embedding 4 | New-DlLayer LSTM 4 | New-DlLayer Dense 3 | New-DlModel |
                Invoke-DlTraining -Data $data -NoRecord
        } NoDecoder InvalidArgument 'Transformer', 'target'
        Assert-DlError { $model | Invoke-DlTraining -Data $data -Metric Bleu -NoRecord } MetricText InvalidArgument
        Assert-DlError {
            [pscustomobject]@{ X = 1, 2; Y = 3, 4 } | ConvertTo-DlDataset -Label Y -LabelKind Text
        } InvalidLabel InvalidArgument 'column of text'
    }
}

Describe 'Invoke-DlPrediction of text' {
    It 'translates objects and texts, greedily and by beam search' {
        $rows = [pscustomobject]@{ Id = 7; English = 'one two three.' },
            [pscustomobject]@{ Id = 8; English = 'five four.' }
        $output = $rows | Invoke-DlPrediction $model
        $output.Prediction | Should -Be 'trois deux un.', 'quatre cinq.'
        $output.Id | Should -Be 7, 8
        $output.Probability | ForEach-Object { $_ | Should -BeGreaterThan 0.1; $_ | Should -BeLessOrEqual 1 }
        ($rows | Invoke-DlPrediction $model -Beam 4 -LengthPenalty 0.6).Prediction | Should -Be $output.Prediction
        $text = 'one two three.', 'two two.' | Invoke-DlPrediction $model -Beam 2 -MaxLength 3
        $text.English | Should -Be 'one two three.', 'two two.'
        $text.Prediction | ForEach-Object { ($_ -split ' ').Count | Should -BeLessOrEqual 3 }
        ($data | Invoke-DlPrediction $model | Select-Object -First 3).Prediction | Should -HaveCount 3
        Invoke-DlPrediction $model -Path "$TestDrive/pairs.csv" -OutFile "$TestDrive/out.csv" |
            Should -BeOfType System.IO.FileInfo
        (Import-Csv "$TestDrive/out.csv")[0].Prediction | Should -BeLike '*.'
    }

    It 'draws the same tokens with the same seed, whatever else is drawn' {
        $rows = 1..6 | ForEach-Object { 'one two three four.' }
        $drawn = @($rows | Invoke-DlPrediction $model -Temperature 5 -Seed 3)
        @($drawn.Prediction | Select-Object -Unique).Count | Should -BeGreaterThan 1
        ($rows | Invoke-DlPrediction $model -Temperature 5 -Seed 3).Prediction | Should -Be $drawn.Prediction
        ($rows[0..2] | Invoke-DlPrediction $model -Temperature 5 -Seed 3).Prediction |
            Should -Be $drawn[0..2].Prediction
        ($rows | Invoke-DlPrediction $model -TopK 1).Prediction | Select-Object -Unique |
            Should -Be 'quatre trois deux un.'
        ($rows | Invoke-DlPrediction $model -TopP 0.01).Prediction | Select-Object -Unique |
            Should -Be 'quatre trois deux un.'
    }

    It 'takes an unknown word as unknown, with a warning' {
        $output = 'one zebra.' | Invoke-DlPrediction $model @quiet
        $output.Unfamiliar | Should -Be English
        "$warnings" | Should -BeLike '1 row holds values unlike*English (1)*'
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'NotALanguageModel'; Parameters = @{ Generate = 5 } }
        @{ Id = 'BeamOrDraw'; Parameters = @{ Beam = 2; TopK = 3 } }
        @{ Id = 'InvalidLength'; Parameters = @{ MaxLength = 1000 } }
        @{ Id = 'NoProbabilities'; Parameters = @{ Threshold = 0.5 } }
    ) {
        Assert-DlError { 'one.' | Invoke-DlPrediction $model @Parameters } $Id InvalidArgument
    }

    It 'refuses a beam for a classifier' {
        $classifier = New-DlLayer Dense 3 | New-DlModel
        $null = $classifier | Invoke-DlTraining -Data (New-DlTestSplit) -Epochs 1 -NoRecord
        Assert-DlError { New-DlTestSplit | Invoke-DlPrediction $classifier -Beam 4 } NotATextModel InvalidArgument
    }

    It 'gives the same texts after saving and loading, and after resuming' {
        $model | Export-DlModel "$TestDrive/m.dlmodel"
        $texts = ($pairs[0..9] | Invoke-DlPrediction $model -Beam 3).Prediction
        ($pairs[0..9] | Invoke-DlPrediction "$TestDrive/m.dlmodel" -Beam 3).Prediction | Should -Be $texts
        $null = New-DlModel Transformer @small | Invoke-DlTraining -Data $data @options -CheckpointPath "$TestDrive/c" |
            Select-Object -First 5
        $resumed = New-DlModel Transformer @small
        $null = $resumed | Invoke-DlTraining -Data $data @options -CheckpointPath "$TestDrive/c" -Resume
        ($resumed | Measure-DlModel -Data $data -NoRecord).Loss |
            Should -Be ($model | Measure-DlModel -Data $data -NoRecord).Loss
    }
}

Describe 'LstmSeq2Seq' {
    It 'translates too, and its attention is a picture' {
        $lstm = New-DlModel LstmSeq2Seq -Units 24 -Score Additive -Dropout 0 -Seed 1
        $null = $lstm | Invoke-DlTraining -Data $data @options
        ($lstm | Measure-DlModel -Data $pairs -NoRecord).Bleu | Should -BeGreaterThan 80
        $figure = $lstm | Show-DlPlot -Data $pairs[0]
        $cells = $figure.Panels[0].Series[0]
        $cells.Columns | Should -Be ($pairs[0].English -replace '\.', ' .' -split ' ')
        $cells.Rows[-1] | Should -Be '<end>'
        $cells.Values | ForEach-Object { ($_ | Measure-Object -Sum).Sum | Should -BeGreaterThan 0.9 }
        $lstm | Show-DlPlot "$TestDrive/attention.svg" -Data $pairs[0] -Kind Attention | Should -Exist
        Assert-DlError { $classifier = New-DlLayer Dense 3 | New-DlModel
            $null = $classifier | Invoke-DlTraining -Data (New-DlTestSplit) -Epochs 1 -NoRecord
            $classifier | Show-DlPlot -Data (New-DlTestSplit) -Kind Attention } NoAttention InvalidArgument
    }
}

Describe 'A language model' {
    BeforeAll {
        $lines = 1..40 | ForEach-Object { "$($french[0..($_ % 5)])!" }
        $text = $lines | ForEach-Object { [pscustomobject]@{ Text = $_ } } |
            ConvertTo-DlDataset -Label Text -LabelKind Text
        $language = New-DlModel TransformerLM @small
        $null = $language | Invoke-DlTraining -Data $text @options
    }

    It 'goes on with a text to its end, or beyond it' {
        $whole = 'un deux', '' | Invoke-DlPrediction $language
        $whole.Text | Should -Be 'un deux', ''
        $whole.Prediction | ForEach-Object { $_ | Should -BeIn $lines }
        $many = 'un deux' | Invoke-DlPrediction $language -Generate 60 -Temperature 0.8 -TopP 0.9 -Seed 2
        $many.Prediction | Should -BeLike 'un deux*'
        ($many.Prediction -split "`n").Count | Should -BeGreaterThan 5
        ('un deux' | Invoke-DlPrediction $language -Generate 60 -Temperature 0.8 -TopP 0.9 -Seed 2).Prediction |
            Should -Be $many.Prediction
    }

    It 'is measured by its perplexity' {
        $measured = $language | Measure-DlModel -Data $text -NoRecord
        $measured.Perplexity | Should -BeLessThan 2
        $measured.PSObject.Properties.Name | Should -Not -Contain Bleu
    }

    It 'can be of recurrent layers, by characters' {
        $characters = $lines | ForEach-Object { @{ Text = $_ } } |
            ConvertTo-DlDataset -Label Text -LabelKind Text -Column @{ Text = @{ Tokenizer = 'Character' } }
        $own = New-DlLayer Embedding 16 | New-DlLayer LSTM 32 -ReturnSequences |
            New-DlLayer TokenLogits -From lstm1, input | New-DlModel -Seed 1
        $null = $own | Invoke-DlTraining -Data $characters @options
        ('un' | Invoke-DlPrediction $own -Beam 2).Prediction | Should -BeIn $lines
    }
}
