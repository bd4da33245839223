# Walks the catalog: each layer is built on a small input, trained for a step, saved, loaded and compared.
BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $layers = Get-DlCatalog | Where-Object { "$($_.Kind)" -in 'Layer', 'Activation' } | ForEach-Object { @{ Name = $_.Name } }
    $others = Get-DlCatalog | Where-Object { "$($_.Kind)" -in 'Optimizer', 'Schedule', 'Loss', 'Initializer', 'Regularizer', 'Metric', 'Architecture', 'Augmentation' } |
        ForEach-Object { @{ Name = $_.Name; Kind = "$($_.Kind)" } }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    # What a layer needs besides its name.
    $body = New-DlLayer Dense 3 -Activation Tanh
    $needs = @{
        Activation = @('Tanh'); AdaptiveAvgPool1d = @(2); AdaptiveAvgPool2d = @(2); AdaptiveAvgPool3d = @(2)
        AdaptiveMaxPool1d = @(2); AdaptiveMaxPool2d = @(2); AdaptiveMaxPool3d = @(2)
        Conv1d = @(3); Conv2d = @(3); Conv3d = @(3); ConvTranspose1d = @(3); ConvTranspose2d = @(3); ConvTranspose3d = @(3)
        LocallyConnected2d = @(3); SeparableConv2d = @(3); Dense = @(3); DropConnect = @(3); LowRankDense = @(3, 2)
        Embedding = @(10, 3); RNN = @(3); LSTM = @(3); GRU = @(3); MultiHeadAttention = @(2); GroupNorm = @(2); KWinners = @(2)
        TransformerEncoder = @(1, 2); TransformerDecoder = @(1, 2); Permute = @(, (2, 1)); PixelShuffle = @(2); Reshape = @(, (2, 3))
        Residual = @(, @((New-DlLayer Dense 6))); Parallel = @(, @($body, $body)); Repeat = @(2, $body); TimeDistributed = @($body)
        SpatialTransformer = @(, @((New-DlLayer Flatten), (New-DlLayer Dense 6 -WeightInitializer Zeros)))
        Upsample = @{ Scale = 2 }; ZeroPad = @(1); GaussianNoise = @(0.1); LocalResponseNorm = @(3)
        Sequential = @($body); PadChannels = @(8); Rescale = @(2)
    }

    function Get-InputShape([string] $Name) {
        switch -Regex ($Name) {
            '1d$' { return 2, 8 }
            '3d$' { return 2, 4, 4, 4 }
            '2d$|Norm$|Upsample|ZeroPad|SpatialTransformer|Gaussian.*' { return 2, 4, 4 }
            'PixelShuffle' { return 4, 2, 2 }
            'Embedding' { return , 5 }
            'RNN|LSTM|GRU|Attention|Transformer|Positional|Permute|TimeDistributed|SequenceMean' { return 4, 6 }
            default { return , 6 }
        }
    }

    # Random numbers of a shape, as nested arrays; whole ones for tokens.
    function New-Numbers([int[]] $Shape, [Random] $Random, [switch] $Whole) {
        $inner = @($Shape | Select-Object -Skip 1)
        , @(foreach ($i in 1..$Shape[0]) {
                if ($inner) { , (New-Numbers $inner $Random -Whole:$Whole) }
                elseif ($Whole) { $Random.Next(1, 9) }
                else { $Random.NextDouble() * 2 - 1 }
            })
    }

    function New-Rows([int[]] $Shape, [int] $Count = 12, [switch] $Whole) {
        $random = [Random]::new(1)
        foreach ($i in 1..$Count) {
            [pscustomobject]@{ X = New-Numbers $Shape $random -Whole:$Whole; Y = 'no', 'yes' | Select-Object -Index ($i % 2) }
        }
    }

    function New-Layers([string] $Name) {
        $settings = $needs[$Name] ?? @()
        switch ($Name) {
            { $_ -in 'Add', 'Average', 'Concat', 'Dot', 'Maximum', 'Multiply' } {
                New-DlLayer Dense 4 -Name a -From input
                New-DlLayer Dense 4 -Name b -From input
                New-DlLayer $Name -From a, b
            }
            TransformerDecoder {
                New-DlLayer Dense 6 -Name memory -From input
                New-DlLayer Dense 6 -Name target -From input
                New-DlLayer $Name @settings -From target, memory
            }
            default { New-DlLayer $Name @settings }
        }
    }
}

Describe 'the catalog' {
    It 'builds, trains, saves and loads <Name>' -ForEach $layers {
        $rows = New-Rows (Get-InputShape $Name) -Whole:($Name -eq 'Embedding')
        $data = $rows | ConvertTo-DlDataset -Label Y
        $model = @(New-Layers $Name) + @(New-DlLayer Flatten) + @(New-DlLayer Dense 2) | New-DlModel -Seed 1
        $record = $model | Invoke-DlTraining -Data $data -Epochs 1 -BatchSize 12 -Seed 1
        $record.Epoch | Should -Be 1
        $record.Loss | Should -BeGreaterThan 0
        $model | Export-DlModel "TestDrive:/$Name.dlmodel" -Force
        $loaded = Import-DlModel "TestDrive:/$Name.dlmodel"
        ($loaded.Layers | ForEach-Object { "$($_.Entry.Name) $($_.Describe())" }) |
            Should -Be ($model.Layers | ForEach-Object { "$($_.Entry.Name) $($_.Describe())" })
        $before = $rows | Invoke-DlPrediction -Model $model
        $after = $rows | Invoke-DlPrediction -Model $loaded
        $after.Prediction | Should -Be $before.Prediction
        $after.Probability | Should -Be $before.Probability
    }

    It 'has one line of help for <Kind> <Name> and for each of its settings' -ForEach $others {
        $entry = Get-DlCatalog $Kind $Name
        $entry.Summary | Should -Match '^\p{Lu}.*\.$'
        foreach ($setting in $entry.Settings) { $setting.Summary | Should -Match '^\p{Lu}.*\.$' -Because $setting.Name }
    }
}
