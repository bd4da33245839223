BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $lessons = Resolve-Path "$PSScriptRoot/../../examples/lessons"

    # Writes the first digits of MNIST's files.
    function New-SmallMnist([string] $Folder, [hashtable] $Counts) {
        $null = New-Item $Folder -ItemType Directory
        foreach ($part in $Counts.Keys) {
            foreach ($kind in @{ Name = 'images-idx3'; Head = 16; Size = 784 },
                @{ Name = 'labels-idx1'; Head = 8; Size = 1 }) {
                $file = Get-ChildItem "$SharedData/mnist" -Filter "$part-$($kind.Name)-ubyte*"
                $bytes = [byte[]]::new($kind.Head + $Counts[$part] * $kind.Size)
                $stream = [System.IO.File]::OpenRead($file.FullName)
                if ($file.Extension -eq '.gz') {
                    $mode = [System.IO.Compression.CompressionMode]::Decompress
                    $stream = [System.IO.Compression.GZipStream]::new($stream, $mode)
                }
                $stream.ReadExactly($bytes, 0, $bytes.Length)
                $stream.Dispose()
                # The number of samples, the highest byte first.
                $bytes[4], $bytes[5] = 0, 0
                $bytes[6], $bytes[7] = [Math]::Floor($Counts[$part] / 256), ($Counts[$part] % 256)
                [System.IO.File]::WriteAllBytes("$Folder/$part-$($kind.Name)-ubyte", $bytes)
            }
        }
    }
}

Describe 'examples/lessons' {
    It 'xor: one layer stays at chance, a hidden layer solves it' {
        $alone, $hidden = & "$lessons/01-xor.ps1"
        $alone.Accuracy | Should -BeLessThan 0.65
        $hidden.Accuracy | Should -BeGreaterThan 0.95
    }

    It 'spirals: a small network parts three arms, on unseen points too' {
        $records = & "$lessons/02-spirals.ps1"
        $records[0].Accuracy | Should -BeLessThan 0.7
        $records[-1].Count | Should -Be 270
        $records[-1].Accuracy | Should -BeGreaterThan 0.97
    }

    It 'vanishing signal: small weights lose it in ten layers, Xavier keeps it' {
        $layers = & "$lessons/03-vanishing-signal.ps1"
        $layers.Count | Should -Be 10
        $layers[9].SmallWeights | Should -BeLessThan 1e-6
        $layers[9].Xavier | Should -BeGreaterThan 0.1
        $layers[0].Xavier / $layers[9].Xavier | Should -BeLessThan 4
    }

    It 'ridge regression: the normal equation and gradient descent give the closed form' {
        $weights = & "$lessons/04-ridge-regression.ps1"
        $weights.Weight | Should -Be A, B, C
        foreach ($weight in $weights) {
            [Math]::Abs($weight.ClosedForm) | Should -BeGreaterThan 0.1
            [Math]::Abs($weight.NormalEquation - $weight.ClosedForm) | Should -BeLessThan 1e-5
            [Math]::Abs($weight.GradientDescent - $weight.ClosedForm) | Should -BeLessThan 1e-4
        }
    }

    It 'autoencoder: its error is that of the principal components to a hundredth' {
        $result = & "$lessons/05-autoencoder-pca.ps1"
        $result.PcaError | Should -BeGreaterThan 0.005
        $result.Autoencoder | Should -BeGreaterThan ($result.PcaError * 0.999)
        $result.Autoencoder | Should -BeLessThan ($result.PcaError * 1.01)
    }

    It 'adding problem: an LSTM remembers two numbers over fifty steps' {
        $result = & "$lessons/06-adding-problem.ps1"
        $result.AlwaysOne | Should -BeGreaterThan 0.16
        $result.Lstm | Should -BeLessThan 0.01
    }

    It 'reversing: a transformer puts a sequence of twelve in reverse' {
        $result = & "$lessons/07-reversing-transformer.ps1"
        $result.Accuracy | Should -BeGreaterThan 0.98
        $symbols = $result.Sequence -split ' '
        [Array]::Reverse($symbols)
        $result.Predicted | Should -Be ($symbols -join ' ')
    }

    It 'filters: the pictures of a network that reads digits' {
        $result = & "$lessons/08-filters.ps1" -OutFolder $TestDrive -Count 400 -Epochs 1
        $result.Accuracy | Should -BeGreaterThan 0.2
        $result.Filters.Name, $result.Maps.Name, $result.Separation.Name |
            Should -Be filters.png, maps.png, separation.png
        $result.Maps.Length | Should -BeGreaterThan 10KB
    }

    It 'overfitting: the validation loss is smaller where training stopped early' {
        $long, $early = & "$lessons/09-overfitting.ps1" -Plot "$TestDrive/overfitting.svg"
        $early.Epochs | Should -BeLessThan $long.Epochs
        $long.TrainingLoss | Should -BeLessThan $early.TrainingLoss
        $early.ValidationLoss | Should -BeLessThan ($long.ValidationLoss * 0.9)
        "$TestDrive/overfitting.svg" | Should -Exist
    }

    It 'random labels: learned by heart, and of no use for new samples' {
        $real, $random = & "$lessons/10-random-labels.ps1"
        $real.TrainingAccuracy | Should -BeGreaterThan 0.99
        $real.TestAccuracy | Should -BeGreaterThan 0.75
        $random.TrainingAccuracy | Should -BeGreaterThan 0.99
        $random.TestAccuracy | Should -BeLessThan 0.62
    }

    It 'capacity: a wide network interpolates, and tests no worse than a narrow one' {
        $narrow, $wide = & "$lessons/11-capacity.ps1" -Width 2, 256
        $narrow.TrainingError | Should -BeGreaterThan 0.02
        $wide.TrainingError | Should -Be 0
        $wide.TestError | Should -BeLessThan ($narrow.TestError + 0.02)
        $wide.Parameters | Should -Be (256 * 11 + 2 * 257)
    }

    It 'depth: the number of layers is that of the names' {
        $rows = & "$lessons/12-depth.ps1" -Name LeNet5, VGG11, ResNet18, ResNet20, ResNet110
        $rows.Depth | Should -Be 5, 11, 18, 20, 110
        $rows[3].Parameters | Should -BeLessThan 300000
    }

    It 'neuron: And and Or of one neuron, Xor of three, with weights set by hand' {
        $rows = & "$lessons/13-neuron.ps1" -Picture "$TestDrive/xor.png"
        $rows.And | Should -Be 0, 0, 0, 1
        $rows.Or | Should -Be 0, 1, 1, 1
        $rows.Xor | Should -Be 0, 1, 1, 0
        "$TestDrive/xor.png" | Should -Exist
    }

    It 'activation maximization: another network reads the images too' {
        $rows = & "$lessons/15-activation-maximization.ps1" -Count 1500 -Epochs 3 -Steps 120 -Sheet "$TestDrive/d.png"
        $rows.Class | Should -Be @(0..9)
        @($rows | Where-Object { $_.OwnPrediction -eq $_.Class -and $_.Own -gt 0.9 }).Count |
            Should -BeGreaterOrEqual 9
        @($rows | Where-Object Other -gt 0.5).Count | Should -BeGreaterOrEqual 6
        "$TestDrive/d.png" | Should -Exist
    }

    It 'ostrich: small noise misleads a network, less so one that learned from it' {
        $rows = & "$lessons/16-ostrich.ps1" -Count 1200 -Epochs 5 -Sheet "$TestDrive/ostrich.png"
        $rows.Epsilon | Should -Be 0, 0.02, 0.05, 0.1, 0.15, 0.2
        $rows[0].Accuracy | Should -BeGreaterThan 0.8
        $rows[3].Accuracy | Should -BeLessThan ($rows[0].Accuracy - 0.3)
        $rows[3].TrainedOnExamples | Should -BeGreaterThan ($rows[3].Accuracy + 0.1)
        "$TestDrive/ostrich.png" | Should -Exist
    }

    It 'transfer: early layers are general, the last ones are not' {
        $rows = & "$lessons/17-transfer.ps1" -Count 1500 -Few 100 -Seeds 1 -Epochs 5 -Plot "$TestDrive/transfer.png"
        $rows | Should -HaveCount 20
        $of = @{}
        foreach ($row in $rows) { $of["$($row.Way) $($row.Layers)"] = $row.Accuracy }
        $of['A to B, tuned 1'] | Should -BeGreaterThan 0.5
        $of['A to B, frozen 4'] | Should -BeLessThan $of['A to B, tuned 4']
        "$TestDrive/transfer.png" | Should -Exist
    }

    It 'autograd: exact where difference quotients are not, and Newton''s method finds a minimum' {
        $result = & "$lessons/19-autograd.ps1" -Plot "$TestDrive/tanh.svg"
        $result.AutogradError | Should -BeLessThan 1e-14
        $result.QuotientErrors[0].Error | Should -BeGreaterThan 0.01
        $result.QuotientErrors[-1].Error | Should -BeGreaterThan 1e-5
        $result.NewtonIterations | Should -BeLessThan 9
        [Math]::Abs($result.X - 1) + [Math]::Abs($result.Y - 1) | Should -BeLessThan 1e-9
        "$TestDrive/tanh.svg" | Should -Exist
    }

    It 'variational autoencoder: makes up digits, and codes add up' {
        $result = & "$lessons/18-variational-autoencoder.ps1" -Count 1200 -Epochs 8 -Path "$TestDrive/vae"
        $result.Classes | Should -BeGreaterThan 6
        $result.SumInk | Should -BeLessThan (($result.ThickInk + $result.ThinInk) / 2)
        $result.SumSlant | Should -BeGreaterThan (($result.UprightSlant + $result.SlantedSlant) / 2)
        Get-ChildItem "$TestDrive/vae" | Should -HaveCount 3
    }

    It 'distillation: small networks learn more from a teacher than from labels alone' {
        # From 250 digits a network gains 0.03, three times the bound; from 500 about the bound itself.
        $result = & "$lessons/21-distillation.ps1" -Seeds 3 -Few 250
        $result.Taught | Should -BeGreaterThan ($result.Alone + 0.01)
        $result.Gains | Should -Be 3
    }

    It 'compression: networks of a fraction of the size are nearly as accurate after some training' {
        $rows = & "$lessons/25-compression.ps1" -Count 1600 -Rank 4, 16 -TensorRank 8 -Sparsity 0.8 `
            -Plot "$TestDrive/compression.png"
        $before, $thin, $sparse, $int8 = 'None', 'Rank 16 tuned', 'Sparsity 0.8 tuned', 'Int8' | ForEach-Object {
            $method = $_
            $rows | Where-Object { $_.Network -eq 'MLP' -and $_.Method -eq $method }
        }
        foreach ($small in $thin, $sparse, $int8) {
            $small.ModelBytes | Should -BeLessThan (0.4 * $before.ModelBytes)
            $small.Accuracy | Should -BeGreaterThan ($before.Accuracy - 0.03)
        }

        @($rows | Where-Object Network -eq LeNet5).Count | Should -Be 8
        "$TestDrive/compression.png" | Should -Exist
    }

    It 'curvature: gradient descent is stable up to 2 / Largest, and slow on an ill-conditioned loss' {
        $result = & "$lessons/27-curvature.ps1" -Epochs 60 -Plot "$TestDrive/curvature.png"
        $result.ConditionNumber | Should -BeGreaterThan 300
        $result.ScaledInputs | Should -BeLessThan 1.5
        $result.GrowthBelow | Should -BeLessThan 1
        $result.GrowthAbove | Should -BeGreaterThan 1
        $descent, $momentum, $adam, $kfac, $natural = $result.Optimizers
        $descent.Loss | Should -BeGreaterThan 0.1
        $kfac.Epochs, $natural.Epochs | Should -BeLessThan 20
        $momentum.Loss | Should -BeLessThan $descent.Loss
        $natural.Loss | Should -BeLessThan $adam.Loss
        "$TestDrive/curvature.png" | Should -Exist
    }

    It 'trees: a network that reads them tells jets apart better than from flat features' {
        $row = & "$lessons/26-trees.ps1" -Count 2000 -Epochs 5 -Seeds 1 -Plot "$TestDrive/trees"
        $row.Tree | Should -BeGreaterThan 0.88
        $row.Gain | Should -BeGreaterThan 0
        (Get-ChildItem "$TestDrive/trees").Name | Sort-Object | Should -Be Expert.png, Flat.png, Tree.png
    }

    It 'adversarial: a classifier finds digits among generated ones, and codes add up' {
        $result = & "$lessons/20-gan.ps1" -Epochs 5 -Path "$TestDrive/gan"
        $result.CriticAccuracy | Should -BeGreaterThan 0.5
        $result.Classes | Should -BeGreaterThan 3
        $result.InkAfter | Should -BeGreaterThan ($result.InkBefore * 1.1)
        Get-ChildItem "$TestDrive/gan" | Should -HaveCount 6
    }

    It 'translation: sentences that it has not seen are translated word for word, and the attention is a picture' {
        $result = & "$lessons/24-translation.ps1" -Count 1500 -Epochs 10 -Path "$TestDrive/attention.png"
        $result.Exact | Should -BeGreaterOrEqual 57
        $result.Bleu | Should -BeGreaterThan 95
        $result.Predicted | Should -BeLike '*.'
        "$TestDrive/attention.png" | Should -Exist
    }

    It 'few shots: digits that were never trained on are told apart from five samples of each' {
        $one, $five = & "$lessons/22-few-shots.ps1" -Episodes 30 -Path "$TestDrive/embeddings.png"
        $five.Episodes | Should -Be 30
        $five.Accuracy | Should -BeGreaterThan 0.8
        $five.Accuracy | Should -BeGreaterThan ($five.Pixels + 0.05)
        $one.Accuracy | Should -BeLessThan $five.Accuracy
        "$TestDrive/embeddings.png" | Should -Exist
    }

    It 'word embeddings: analogies are found in nine of ten cases' {
        $rows = & "$lessons/23-word-embeddings.ps1" -Path "$TestDrive/words.png"
        $rows.Relation | Should -Be Capital, Female, Plural
        ($rows | Measure-Object Found -Sum).Sum / ($rows | Measure-Object Questions -Sum).Sum |
            Should -BeGreaterOrEqual 0.9
        "$TestDrive/words.png" | Should -Exist
    }
}

Describe 'examples/lessons on MNIST' -Skip:(-not $SharedData) -Tag Shared {
    BeforeAll {
        $mnist = "$TestDrive/mnist"
        New-SmallMnist $mnist @{ train = 800; t10k = 200 }
        (Import-DlDataset $mnist).Test.Count | Should -Be 200
    }

    It '<Name> takes the folder of its files' -ForEach @(
        @{ Name = '08-filters'; Folder = 'Path'; Given = @{ OutFolder = '.'; Epochs = 1 }; Rows = 1 }
        @{ Name = '15-activation-maximization'; Folder = 'Path'; Given = @{ Epochs = 1; Steps = 4 }; Rows = 10 }
        @{ Name = '16-ostrich'; Folder = 'Path'; Given = @{ Epochs = 1 }; Rows = 6 }
        @{ Name = '17-transfer'; Folder = 'Mnist'; Given = @{ Few = 60; Seeds = 1; Epochs = 1 }; Rows = 20 }
        @{ Name = '18-variational-autoencoder'; Folder = 'Mnist'; Given = @{ Epochs = 1 }; Rows = 1 }
        @{ Name = '20-gan'; Folder = 'Mnist'; Given = @{ Epochs = 1; Conditional = $true }; Rows = 1 }
        @{ Name = '21-distillation'; Folder = 'Mnist'; Given = @{ Few = 60; Seeds = 1; Epochs = 1 }; Rows = 1 }
        @{ Name = '22-few-shots'; Folder = 'Mnist'; Given = @{ Epochs = 1; Episodes = 2 }; Rows = 2 }
        @{ Name = '25-compression'; Folder = 'Mnist'
            Given = @{ Epochs = 1; Rank = 2; TensorRank = 2; Sparsity = 0.5 }; Rows = 14 }
    ) {
        $arguments = $Given + @{ $Folder = $mnist }
        if ($arguments.ContainsKey('OutFolder')) { $arguments.OutFolder = "$TestDrive" }
        & "$lessons/$Name.ps1" @arguments | Should -HaveCount $Rows
    }
}
