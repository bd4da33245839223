BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlLayer' {
    It 'takes the first setting by position and others by name' {
        $layer = New-DlLayer Dense 64 -Activation ReLU -Bias $false
        $layer | Should -BeOfType DeepPS.Layers.Layer
        $layer.Units | Should -Be 64
        $layer.Activation.Entry.Name | Should -Be 'ReLU'
        $layer.Bias | Should -BeFalse
    }

    It 'takes an activation as an object' {
        (New-DlLayer Dense 2 -Activation (New-DlLayer LeakyReLU 0.3)).Activation |
            Should -Be (New-DlLayer LeakyReLU 0.3)
    }

    It 'knows aliases and any case' {
        (New-DlLayer linear 3).Entry.Name | Should -Be 'Dense'
    }

    It 'takes sizes as one number, as numbers and as text' {
        $expected = New-DlLayer Conv2d 8 -KernelSize 3, 5
        New-DlLayer Conv2d 8 3, 5 | Should -Be $expected
        New-DlLayer Conv2d 8 '3x5' | Should -Be $expected
        "$((New-DlLayer Conv2d 8 3).KernelSize)" | Should -Be '3'
    }

    It 'passes layers through in order' {
        $layers = New-DlLayer Dense 64 | New-DlLayer Dropout 0.2 | New-DlLayer ReLU
        $layers.ForEach{ $_.Entry.Name } | Should -Be Dense, Dropout, ReLU
    }

    It 'gives a layer a name and inputs' {
        $layer = New-DlLayer Dense 2 -Name head -From a, b
        $layer.Name | Should -Be head
        $layer.From | Should -Be a, b
    }

    It 'completes types, aliases, settings and their values' {
        Get-DlCompletion 'New-DlLayer Conca' | Should -Be Concat
        Get-DlCompletion 'New-DlLayer Lin' | Should -Be Linear
        Get-DlCompletion 'New-DlLayer ConvT' | Should -Be ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
        Get-DlCompletion 'New-DlLayer Upsample 2 B' | Should -Be Bicubic, Bilinear
        Get-DlCompletion 'New-DlLayer Dense 64 -WeightNormalization S' | Should -Be Spectral
        Get-DlCompletion 'New-DlLayer Dense 64 -WeightInitializer Ker' | Should -Be KerasDefault
        Get-DlCompletion 'New-DlLayer Dense 64 -Act' | Should -Be '-Activation', '-ActivityRegularizer'
        Get-DlCompletion 'New-DlLayer Dense 64 -Activation Si' | Should -Be SiLU, Sigmoid
        Get-DlCompletion 'New-DlLayer -Type Dense -' | Should -Contain '-Units'
    }

    It 'has help for settings' {
        (Get-Command New-DlLayer -ArgumentList Dense).Parameters.Units.Attributes.HelpMessage |
            Should -Not -BeNullOrEmpty
        "$((Get-Help New-DlLayer -Parameter Units).Description.Text)" |
            Should -BeLike '*Dense*: The number of outputs.*LSTM*: The number of units*'
    }

    It 'offers the nearest names for an unknown type, whatever follows it' {
        Assert-DlError { New-DlLayer Dens } UnknownLayer ObjectNotFound "'Dens'", 'Dense'
        Assert-DlError { New-DlLayer Dens 64 -Activation ReLU -Bias:$false -Foo } UnknownLayer ObjectNotFound 'Dense'
    }

    It 'refuses a setting that cannot be' {
        Assert-DlError {
            New-DlLayer Dense 0
        } ParameterArgumentTransformationError InvalidData 'Units must be a whole number of 1 or more', "got '0'"
        Assert-DlError { New-DlLayer Dense many } ParameterArgumentTransformationError InvalidData "got 'many'"
        Assert-DlError { New-DlLayer Dense 3 -Activation Relo } ParameterArgumentTransformationError InvalidData 'ReLU'
    }

    It 'refuses settings that do not go together' {
        Assert-DlError {
            New-DlLayer Conv2d 6 -Groups 4
        } InvalidSetting InvalidArgument 'Groups must be a number that divides the 6 filters', "got '4'"
        Assert-DlError {
            New-DlLayer ConvTranspose2d 4 -OutputPadding 2
        } InvalidSetting InvalidArgument 'OutputPadding must be less than Stride 1'
        Assert-DlError { New-DlLayer Permute 1, 1 } InvalidSetting InvalidArgument 'Axes must be each axis', "got '1x1'"
        Assert-DlError {
            New-DlLayer Upsample -AlignCorners
        } InvalidSetting InvalidArgument 'AlignCorners must be false where Mode is Nearest'
        Assert-DlError {
            New-DlLayer Dense 3 -BiasInitializer Orthogonal
        } InvalidSetting InvalidArgument 'BiasInitializer must be', 'vector'
    }

    It 'makes an image smaller and as large again' {
        $small = New-DlLayer SeparableConv2d 8 -Stride 2 -Padding 1 -Activation PReLU | New-DlLayer GroupNorm 4 |
            New-DlLayer AvgPool2d
        $model = $small | New-DlLayer Upsample 2 Bilinear |
            New-DlLayer ConvTranspose2d 3 4 -Stride 2 -Padding same -WeightNormalization Weight |
            New-DlModel -InputShape 3x16x16
        $model.Network.Output.ToString() | Should -Be 3x16x16
        $model.ParameterCount | Should -Be (3 * 9 + 8 * 3 + 8 + 1 + 8 + 8 + 8 + 8 * 3 * 16 + 3)
    }

    It 'refuses a setting that the type does not have' {
        Assert-DlError { New-DlLayer Dense 3 -KernelSize 3 } NamedParameterNotFound InvalidArgument KernelSize
    }

    It 'says which setting is missing' {
        $text = Invoke-DlShell { param($p) Import-Module $p; New-DlLayer Dense } $ManifestPath 2>&1 | Out-String
        $text | Should -BeLike '*Units*'
    }

    It 'takes layers as the body of a layer' {
        $body = New-DlLayer Dense 4 -Activation Tanh | New-DlLayer Dense 2
        $residual = New-DlLayer Residual $body -Activation ReLU
        $residual.Body.ForEach{ $_.Units } | Should -Be 4, 2
        $branches = New-DlLayer Parallel $body, (New-DlLayer Dense 3) -Merge Concat
        $branches.Branches.ForEach{ $_.Count } | Should -Be 2, 1
        (New-DlLayer TimeDistributed 'Flatten | ReLU').Body.Count | Should -Be 2
        $model = New-DlLayer Dense 2 | & { process { $_ } end { $residual; $branches } } | New-DlLayer Dense 3 |
            New-DlModel
        ($model | Invoke-DlTraining (New-DlTestSplit) -Epochs 30 -LearningRate 0.02 -Seed 1)[-1].Accuracy |
            Should -BeGreaterThan 0.9
    }

    It 'makes a graph with a merge and a head that is trained too' {
        $model = New-DlLayer Dense 8 -Name wide | New-DlLayer Dense 8 -Activation ReLU |
            New-DlLayer Dense 3 -Name early -OutputWeight 0.3 |
            New-DlLayer Add -From wide, dense1 | New-DlLayer Dense 3 | New-DlModel -Seed 1
        ($model | Invoke-DlTraining (New-DlTestSplit) -Epochs 30 -LearningRate 0.02 -Seed 1)[-1].Accuracy |
            Should -BeGreaterThan 0.9
        $model.Network.Heads.Name | Should -Be early
        ($model | Out-String) | Should -BeLike '*early*output weight 0.3*'
    }

    It 'reads padded sequences by the ids themselves' {
        $model = New-DlLayer Embedding 50 4 -PaddingIndex 0 |
            New-DlLayer LSTM 3 -Bidirectional -From embedding1, input |
            New-DlLayer Dense 2 | New-DlModel -InputShape 6 -Seed 1
        $model.Summary().OutputShape | Should -Be '6x4', '6', '2'
        $model.Summary().Parameters | Should -Be 200, 216, 14
    }

    It 'takes vectors for tokens as rows of numbers' {
        $layer = New-DlLayer Embedding 3 2 -Weights @((1, 2), (3.5, 4), (5, 6))
        "$($layer.Weights)" | Should -Be '3x2'
        Assert-DlError {
            New-DlLayer Embedding 3 2 -Weights @((1, 2), (3, 4))
        } InvalidSetting InvalidArgument 'Weights must be a row for each of 3 Tokens', "got '2x2'"
    }

    It 'refuses what layers over sequences cannot work on when layer or model is made' {
        Assert-DlError {
            New-DlLayer GRU 4 -Dropout 0.5
        } InvalidSetting InvalidArgument 'Dropout must be 0 where Layers is 1'
        Assert-DlError {
            New-DlLayer TransformerEncoder 2 3 | New-DlModel -InputShape 5, 4
        } LayerShape InvalidArgument 'Heads (3)', 'got 5x4'
        Assert-DlError {
            New-DlLayer LSTM 3 | New-DlModel -InputShape 28
        } LayerShape InvalidArgument 'time x features', 'put Reshape 28x1 before it'
    }
}
