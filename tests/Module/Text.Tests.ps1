BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Text' {
    BeforeAll {
        $tickets = "$TestDrive/tickets.csv"
        New-DlDataset Tickets 400 -Seed 3 | ConvertFrom-DlDataset |
            Select-Object *, @{ Name = 'Hour'; Expression = { $_.Text.Length % 24 } } | Export-Csv $tickets
        $columns = @{ Text = 'Text' }
    }

    It 'is an input by itself, of as many tokens as most texts have' {
        $data = Import-DlDataset $tickets -Label Team -Property Text -Column $columns | Split-DlDataset -Test 0.25
        $plan = $data.Plan.Columns | Where-Object Name -EQ Text
        $plan.Role | Should -Be Input
        $plan.Encoder | Should -BeLike 'text as ids of * words, the first * of each row*'
        $data.Plan.InputShape.Rank | Should -Be 1
    }

    It 'trains, is saved, is loaded and takes raw rows' {
        $data = Import-DlDataset $tickets -Label Team -Property Text -Column $columns | Split-DlDataset -Test 0.25
        $model = New-DlLayer Embedding 16 | New-DlLayer GRU 16 -From embedding1, input | New-DlLayer Dense 5 |
            New-DlModel -Seed 1
        $records = $model | Invoke-DlTraining $data -Epochs 8 -LearningRate 0.01 -Seed 1
        $records[-1].Loss | Should -BeLessThan ($records[0].Loss / 2)
        $model.Layers[0].Tokens | Should -BeGreaterThan 100
        $model.Layers[0].Features | Should -Be 16
        $model | Export-DlModel "$TestDrive/text.dlmodel"
        $rows = 'printer broken', '', 'שלום 😕', ('word ' * 5000), $null |
            ForEach-Object { [pscustomobject]@{ Text = $_ } }
        $ours = $rows | Invoke-DlPrediction -Model $model
        $ours.Prediction | Should -HaveCount 5
        $ours.Probability | Should -Not -Contain ([double]::NaN)
        ($rows | Invoke-DlPrediction -Model "$TestDrive/text.dlmodel").Probability | Should -Be $ours.Probability
    }

    It 'is an input next to numbers, by its name' {
        $data = Import-DlDataset $tickets -Label Team -Column $columns
        Assert-DlError {
            New-DlLayer Embedding 8 | New-DlLayer LSTM 8 | New-DlLayer Dense 5 | New-DlModel | Invoke-DlTraining $data
        } TextWithColumns InvalidData '(Hour)', '-From Text'
        $model = New-DlLayer Embedding 8 -From Text | New-DlLayer LSTM 8 -From embedding1, Text |
            New-DlLayer Concat -From lstm1, input | New-DlLayer Dense 5 | New-DlModel
        ($model | Invoke-DlTraining $data -Epochs 2)[-1].Loss | Should -BeLessThan 2
    }

    It 'says which sizes an embedding of numbers needs' {
        Assert-DlError {
            New-DlLayer Embedding 8 | New-DlModel -InputShape 4
        } LayerShape InvalidArgument 'two sizes, Tokens and Features'
    }
}

Describe 'examples/ticket-routing.ps1' {
    It 'routes tickets that it has not seen, by an LSTM and by a transformer' {
        $results = & "$PSScriptRoot/../../examples/ticket-routing.ps1" -Csv "$TestDrive/epochs.csv"
        $results[0, 1].Model | Should -Be lstm, transformer
        $results[0, 1] | ForEach-Object { $_.Count | Should -Be 600; $_.Accuracy | Should -BeGreaterThan 0.9 }
        $results[2, 3, 4].Prediction | Should -Be Network, Email, Hardware
        (Import-Csv "$TestDrive/epochs.csv").Count | Should -Be 8
    }
}
