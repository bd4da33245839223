BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlModel' {
    It 'makes a model of the layers in the pipeline' {
        $model = New-DlLayer Dense 64 -Activation ReLU | New-DlLayer Dropout 0.2 | New-DlLayer Dense 3 | New-DlModel
        $model | Should -BeOfType DeepPS.Models.Model
        $model | Should -HaveCount 1
        $model.Layers.Count | Should -Be 3
        $model.InputShape | Should -BeNullOrEmpty
    }

    It 'makes the parameters where the input shape is given' {
        $model = New-DlLayer Flatten | New-DlLayer Dense 10 | New-DlModel -InputShape 1, 28, 28 -Name digits
        $model.ParameterCount | Should -Be 7850
        $model.Name | Should -Be digits
        "$($model.InputShape.ToString())" | Should -Be '1x28x28'
    }

    It 'takes layers by bare name' {
        (New-DlModel -Layer (New-DlLayer Dense 2), ReLU, Flatten).Layers.Count | Should -Be 3
    }

    It 'makes a published network with its settings' {
        $model = New-DlModel LeNet5 -Classes 5
        $model.Name | Should -Be LeNet5
        $model.Summary()[-1].OutputShape | Should -Be '5'
        (New-DlModel -Architecture LeNet5).ParameterCount | Should -Be 61706
    }

    It 'trains, saves and loads a published network on images of 3x32x32' {
        $model = New-DlModel ResNet18 -Classes 10 -InputShape 3, 32, 32 -Seed 1
        $text = $model | Out-String -Width 200
        $text | Should -Match 'conv1 +Conv2d +64x16x16 +9,408'
        $text | Should -Match 'layer4\.1 +Residual +512x1x1 +4,720,640'
        $text | Should -Match '11,181,642 parameters'

        # A bright square on noise; its position is the class.
        $random = [Random]::new(1)
        $rows = foreach ($i in 0..9) {
            $image = foreach ($channel in 0..2) {
                , @(foreach ($y in 0..31) {
                        , @(foreach ($x in 0..31) { $random.NextDouble() + ($x -ge 3 * $i -and $x -lt 3 * $i + 4 -and
                            $y -lt 16) })
                    })
            }
            [pscustomobject]@{ Image = $image; Place = "p$i" }
        }
        $before = $model.Network.Parameters[0].Value.sum().ToString()
        $record = $model | Invoke-DlTraining -Data ($rows | ConvertTo-DlDataset Place) -Epochs 1 -BatchSize 10 -Seed 1
        $record.Loss | Should -BeGreaterThan 0
        $model | Export-DlModel TestDrive:/resnet.dlmodel
        $loaded = Import-DlModel TestDrive:/resnet.dlmodel
        $one = $rows | Invoke-DlPrediction -Model $model
        $two = $rows | Invoke-DlPrediction -Model $loaded
        $two.Prediction | Should -Be $one.Prediction
        $two.Probability | Should -Be $one.Probability
    }

    It 'trains a transformer on a source and a target by the names of columns' {
        # The model copies its input: the target is the output so far, shifted by one position.
        $rows = 0..19 | ForEach-Object {
            $tokens = @(($_ % 5), [int](($_ + 2) % 5), [int]([Math]::Floor($_ / 4) % 5))
            [pscustomobject]@{ source = $tokens; target = @(0) + $tokens[0..1]; next = $tokens }
        }
        $sizes = @{ SourceLength = 3; TargetLength = 3; Width = 16; Heads = 2; Depth = 1; FeedForward = 32 }
        $model = New-DlModel Transformer 5 @sizes -Seed 1
        $model.Network.Inputs.Name | Should -Be source, target
        $data = $rows | ConvertTo-DlDataset next -LabelKind Class
        $records = $model |
            Invoke-DlTraining -Data $data -Epochs 30 -BatchSize 20 -Optimizer (New-DlOptimizer Adam 0.01) -Seed 1
        $records[-1].Loss | Should -BeLessThan (0.7 * $records[0].Loss)
        Assert-DlError { New-DlModel Transformer 6 -InputShape 4 } InputShape InvalidArgument SourceLength
    }

    It 'trains an autoencoder on rows of any width' {
        $rows = 1..20 | ForEach-Object { [pscustomobject]@{ x = @($_, (2 * $_), ($_ % 3), 1, 0) } }
        $model = New-DlModel Autoencoder -Code 2 -Seed 1
        $records = $model | Invoke-DlTraining -Data ($rows | ConvertTo-DlDataset) -Reconstruct -Epochs 20 -Seed 1
        $model.Summary()[-1].OutputShape | Should -Be 5
        $records[-1].Loss | Should -BeLessThan $records[0].Loss
        $options = @{ Reconstruct = $true; Seed = 1; CheckpointPath = "$TestDrive/autoencoder"; Resume = $true }
        foreach ($epochs in 2, 3) {
            $new = New-DlModel Autoencoder -Code 2 -Seed 1
            $last = $new | Invoke-DlTraining -Data ($rows | ConvertTo-DlDataset) -Epochs $epochs @options 3>$null
        }

        $last.Epoch | Should -Be 3
        $last.Loss | Should -Be $records[2].Loss
    }

    It 'freezes a part of a published network by a pattern of names' {
        $model = New-DlModel ResNet18 -Classes 3 -InputShape 3, 32, 32 |
            Set-DlLayer -Freeze layer1*, layer2* -PassThru
        ($model.Layers | Where-Object Frozen).Name | Should -Be layer1.0, layer1.1, layer2.0, layer2.1
    }

    It 'finds networks with batch normalisation by name and by setting' {
        (Get-DlCatalog Architecture VGG16*).Name | Should -Be VGG16, VGG16BN
        $settings = @{ Classes = 2; Hidden = 8; InputShape = 3, 32, 32 }
        $named = New-DlModel VGG16BN @settings
        $set = New-DlModel VGG16 -BatchNorm @settings
        $named.ParameterCount | Should -Be $set.ParameterCount
        $named.ParameterCount | Should -BeGreaterThan (New-DlModel VGG16 @settings).ParameterCount
    }

    It 'completes architectures and their settings' {
        Get-DlCompletion 'New-DlModel -Architecture LeN' | Should -Be LeNet5
        Get-DlCompletion 'New-DlModel LeNet5 -Cl' | Should -Be '-Classes'
    }

    It 'prints as a table of layers' {
        $text = New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel -InputShape 4 | Out-String
        $text | Should -BeLike '*dense1*Dense*16*80*16, Activation ReLU*'
        $text | Should -BeLike '*131 parameters*'
    }

    It 'says after which layer the shape cannot work' {
        Assert-DlError {
            New-DlLayer Conv2d 4 3 | New-DlLayer MaxPool2d 2 | New-DlLayer Conv2d 4 9 | New-DlModel -InputShape 1, 8, 8
        } LayerShape InvalidArgument conv2d2, 'got 4x3x3', needs
    }

    It 'refuses an unknown architecture and an invalid shape' {
        Assert-DlError { New-DlModel LeNet6 -Classes 3 } UnknownArchitecture ObjectNotFound LeNet5
        Assert-DlError {
            New-DlLayer Dense 3 | New-DlModel -InputShape a, b
        } ParameterArgumentTransformationError InvalidData shape
    }

    It 'says that a model is too large for any machine, without the words of torch' {
        foreach ($command in { New-DlLayer Dense ([int]::MaxValue) | New-DlModel -InputShape 1000000000 },
            { New-DlLayer Dense 4 | New-DlModel -InputShape ([long]::MaxValue) },
            { New-DlModel LinearRegression -InputShape ([long]::MaxValue) }) {
            $problem = @(Get-DlError $command)
            $problem | Should -HaveCount 1
            ($problem.FullyQualifiedErrorId -split ',')[0] |
                Should -BeIn OutOfMemory, ParameterArgumentTransformationError
            "$problem" | Should -Not -Match 'frame #|pytorch|libtorch|Storage size'
        }
    }
}

Describe 'New-DlModel -Weight' {
    BeforeAll {
        $neuron = New-DlLayer Dense 1 | New-DlModel -InputShape 2 -Weight @{ dense1 = @{ weight = 2, -3; bias = 0.5 } }
    }

    It 'sets weights, with which the model predicts untrained' {
        $rows = [pscustomobject]@{ Name = 'a'; X = 1; Y = 2 }, [pscustomobject]@{ Name = 'b'; X = '0.5'; Y = 0 }
        $output = @($rows | Invoke-DlPrediction $neuron)
        $output.Prediction | Should -Be -3.5, 1.5
        $output.Name | Should -Be a, b
        @(@{ X = 1; Y = 1 } | Invoke-DlPrediction $neuron)[0].Prediction | Should -Be -0.5
        $neuron.Plan | Should -BeNullOrEmpty -Because 'the first training decides how it reads data'
        $data = $rows | ConvertTo-DlDataset -Property X, Y, Name -Label Name
        ($data | Invoke-DlPrediction $neuron).Prediction | Should -Be -3.5, 1.5
    }

    It 'keeps them when the shape is known later, in a file and in a training' {
        $later = New-DlLayer Dense 3 -Name first | New-DlLayer Dense 3 |
            New-DlModel -Weight @{ First = @{ weight = (1, 2), (3, 4), (5, 6) } } -Seed 1
        $null = $later | Invoke-DlTraining -Data (New-DlTestSplit) -Epochs 1 -LearningRate 0 -NoRecord
        $later.Network.Parameters[0].Value.data[single]().ToArray() | Should -Be 1, 2, 3, 4, 5, 6
        $neuron | Export-DlModel "$TestDrive/neuron.dlmodel"
        [pscustomobject]@{ X = 1; Y = 2 } | Invoke-DlPrediction "$TestDrive/neuron.dlmodel" |
            ForEach-Object Prediction | Should -Be -3.5
    }

    It 'sets those of an architecture' {
        $linear = New-DlModel LinearRegression -InputShape 2
        $name = ($linear.Summary() | Where-Object Parameters)[0].Name
        $linear = New-DlModel LinearRegression -InputShape 2 -Weight @{ $name = @{ weight = 1, 1; bias = 0 } }
        ([pscustomobject]@{ X = 3; Y = 4 } | Invoke-DlPrediction $linear).Prediction | Should -Be 7
    }

    It 'reads arrays' {
        $flat = New-DlLayer Flatten | New-DlLayer Dense 1 |
            New-DlModel -InputShape 2, 2 -Weight @{ dense1 = @{ weight = 1, 10, 100, 1000; bias = 0 } }
        ([pscustomobject]@{ Grid = (1, 2), (3, 4) } | Invoke-DlPrediction $flat).Prediction | Should -Be 4321
    }

    It 'refuses what does not fit' {
        Assert-DlError { New-DlLayer Dense 1 | New-DlModel -InputShape 2 -Weight @{ dense1 = @{ weight = 1, 2, 3 } } } `
            WeightMismatch InvalidArgument 'dense1.weight are 3', '1x2'
        Assert-DlError { New-DlLayer Dense 1 | New-DlModel -InputShape 2 -Weight @{ dense1 = @{ wieght = 1, 2 } } } `
            ParameterNotFound ObjectNotFound "no parameter 'wieght'", 'weight, bias'
        Assert-DlError { New-DlLayer Dense 1 | New-DlModel -Weight @{ dens1 = @{ weight = 1, 2 } } } LayerNotFound `
            ObjectNotFound 'mean dense1'
        Assert-DlError { New-DlLayer Dense 1 | New-DlModel -Weight @{ dense1 = @{ weight = 'x' } } } WeightValue `
            InvalidArgument "'x' for dense1.weight"
        Assert-DlError { New-DlLayer Dense 2 | New-DlModel -Weight @{ dense1 = @{ weight = (1, 2), (, 3) } } } `
            WeightValue InvalidArgument 'differ in length'
        Assert-DlError { New-DlLayer Dense 1 | New-DlModel -Weight @{ dense1 = 3 } } WeightValue InvalidArgument
        Assert-DlError { [pscustomobject]@{ X = 1 } | Invoke-DlPrediction $neuron } InputCount InvalidArgument `
            'reads 2 numbers', 'has 1 (X)'
        Assert-DlError { 1 | Invoke-DlPrediction (New-DlTestModel) } ModelNotTrained InvalidOperation
    }
}
