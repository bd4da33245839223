# Walks the catalog: each layer is built on a small input, trained for a step, saved, loaded and compared. A new layer
# needs no edit here unless the values below do not suit its settings. One layer alone:
# ./tests/Module/Invoke-Tests.ps1 -Name Catalog -Filter '*loads Dense'
BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $kinds = 'Optimizer', 'Schedule', 'Loss', 'Initializer', 'Regularizer', 'Metric', 'Architecture', 'Augmentation'
    $layers = Get-DlCatalog | Where-Object { "$($_.Kind)" -in 'Layer', 'Activation' } |
        ForEach-Object { @{ Name = $_.Name; Kind = "$($_.Kind)" } }
    $others = Get-DlCatalog | Where-Object { "$($_.Kind)" -in $kinds } |
        ForEach-Object { @{ Name = $_.Name; Kind = "$($_.Kind)" } }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    # A value for each type that a required setting may have. Layers as a body keep the last side of 6.
    $body = New-DlLayer Dense 6 -Activation Tanh
    $values = @{
        Int32 = 2; Double = 0.5; Dims = 2; Activation = 'Tanh'; LayerList = $body; 'LayerList[]' = $body, $body
    }

    # Settings whose values depend on each other or on the input.
    $special = @{
        Embedding          = @{ Tokens = 10; Features = 3 }
        NegativeSampling   = @{ Tokens = 10 }
        Permute            = @{ Axes = 2, 1 }
        Reshape            = @{ Shape = 2, 3 }
        Rescale            = @{ Scale = 2 }
        TokenLogits        = @{ Tokens = 5 }
        PadChannels        = @{ Channels = 8 }
        Upsample           = @{ Scale = 2 }
        SpatialTransformer = @{ Body = (New-DlLayer Flatten), (New-DlLayer Dense 6 -WeightInitializer Zeros) }
    }

    # Shapes of one sample: an image, channels for PixelShuffle, a sequence, a volume, numbers.
    $shapes = (2, 4, 4), (4, 2, 2), (4, 6), (2, 4, 4, 4), (, 6)

    function Get-Settings([string] $Kind, [string] $Name) {
        if ($special[$Name]) { return $special[$Name] }
        $settings = @{}
        foreach ($setting in (Get-DlCatalog $Kind $Name).Settings | Where-Object Required) {
            $type = $setting.ValueType.Name
            $settings[$setting.Name] = $values[$type] ??
                $(throw "Catalog.Tests.ps1 has no value for settings of type $type. Add one, or settings of $Name.")
        }
        $settings
    }

    # The first shape that a layer takes, and how many inputs of it: one, or two where it does not take one.
    function Find-Input($Layer) {
        foreach ($count in 1, 2) {
            foreach ($shape in $shapes) {
                $inputs = [System.Collections.Generic.List[DeepPS.Common.Shape]]::new()
                foreach ($i in 1..$count) { $inputs.Add([DeepPS.Common.Shape]::new([long[]] $shape)) }
                try {
                    $null = $Layer.OutputShape($inputs)
                    return @{ Shape = $shape; Count = $count }
                }
                catch { $problem = $_ }
            }
        }
        throw $problem
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
            [pscustomobject]@{
                X = New-Numbers $Shape $random -Whole:$Whole
                Y = 'no', 'yes' | Select-Object -Index ($i % 2)
            }
        }
    }

    # Rows whose inputs are trees.
    function New-TreeRows([int] $Count = 12) {
        foreach ($i in 1..$Count) {
            $children = @(@{ E = $i; Children = @{ E = 1 }, @{ E = 2 } }, @{ E = -1 })
            [pscustomobject]@{ X = @{ E = $i % 3; Children = $children }; Y = ('no', 'yes')[$i % 2] }
        }
    }

    # The layer on the network's input, or on two layers that keep its shape.
    function New-Layers([string] $Name, [hashtable] $Settings, $From) {
        if ($From.Count -eq 1) { return New-DlLayer $Name @Settings }
        New-DlLayer Dense $From.Shape[-1] -Name a -From input
        New-DlLayer Dense $From.Shape[-1] -Name b -From input
        New-DlLayer $Name @Settings -From a, ($Name -eq 'NegativeSampling' ? 'input' : 'b')
    }
}

Describe 'the catalog' {
    # Names are made here and not by -ForEach, so that -Filter finds them.
    foreach ($layer in $layers) {
        It "builds, trains, saves and loads $($layer.Name)" -ForEach $layer {
            $settings = Get-Settings $Kind $Name
            $takesTree = (New-DlLayer $Name @settings)[0] -is [DeepPS.Layers.TreeLayer]
            $from = $Name -eq 'Embedding' -or $takesTree ? @{ Shape = , 5; Count = 1 } :
                (Find-Input (New-DlLayer $Name @settings))
            $rows = $takesTree ? (New-TreeRows) :
                (New-Rows $from.Shape -Whole:($Name -in 'Embedding', 'NegativeSampling'))
            $data = $rows | ConvertTo-DlDataset -Label Y
            $layers = @(New-Layers $Name $settings $from) + @(New-DlLayer Flatten) + @(New-DlLayer Dense 2)
            $model = $layers | New-DlModel -Seed 1
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
    }

    foreach ($item in $others) {
        It "has one line of help for $($item.Kind) $($item.Name) and for each of its settings" -ForEach $item {
            $entry = Get-DlCatalog $Kind $Name
            $entry.Summary | Should -Match '^\p{Lu}.*\.$'
            foreach ($setting in $entry.Settings) {
                $setting.Summary | Should -Match '^\p{Lu}.*\.$' -Because $setting.Name
            }
        }
    }
}
