BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlAugmentation' {
    It 'takes the first setting by position and others by name' {
        $augmentation = New-DlAugmentation RandomErasing 0.3 -Scale 0.1, 0.2 -Random
        $augmentation | Should -BeOfType DeepPS.Data.Augmentation
        $augmentation.Probability | Should -Be 0.3
        $augmentation.Scale | Should -Be 0.1, 0.2
        $augmentation.Random | Should -BeTrue
        (New-DlAugmentation RandomCrop -Padding 2 -PaddingMode Reflect).Padding | Should -Be 2
    }

    It 'knows aliases' {
        (New-DlAugmentation flip).Entry.Name | Should -Be HorizontalFlip
        (New-DlAugmentation Blur 3).KernelSize | Should -Be 3
    }

    It 'passes augmentations through in order' {
        $augmentation = New-DlAugmentation Flip | New-DlAugmentation RandomCrop -Padding 4 | New-DlAugmentation Mixup
        $augmentation.ForEach{ $_.Entry.Name } | Should -Be HorizontalFlip, RandomCrop, Mixup
        (, $augmentation | New-DlAugmentation GaussianNoise).Count | Should -Be 4
    }

    It 'is listed by the catalog' {
        (Get-DlCatalog Augmentation).Name | Should -Contain CutMix
        (Get-DlCatalog Augmentation Flip).Name | Should -Be HorizontalFlip
        (New-DlAugmentation Flip | Out-String) | Should -BeLike '*Augmentation*HorizontalFlip*Probability 0.5*'
    }

    It 'completes names, aliases, settings and their values' {
        Get-DlCompletion 'New-DlAugmentation Ra' | Should -Contain RandomCrop
        Get-DlCompletion 'New-DlAugmentation Fl' | Should -Be Flip
        Get-DlCompletion 'New-DlAugmentation Mix' | Should -Be Mixup
        Get-DlCompletion 'New-DlAugmentation Rotation 10 -Int' | Should -Be '-Interpolation'
        Get-DlCompletion 'New-DlAugmentation Rotation 10 -Interpolation B' | Should -Be Bilinear
        Get-DlCompletion '$model | Invoke-DlTraining $data -Augmentation CutM' | Should -Be CutMix
    }

    It 'refuses names and settings that cannot be' {
        Assert-DlError { New-DlAugmentation Flop } UnknownAugmentation ObjectNotFound "'Flop'", 'Flip'
        Assert-DlError {
            New-DlAugmentation Flip 2
        } ParameterArgumentTransformationError InvalidData 'Probability must be a number from 0 to 1', "got '2'"
        Assert-DlError {
            New-DlAugmentation RandomResizedCrop 0.5, 0.2
        } InvalidSetting InvalidArgument 'the smaller first', "got '0.5, 0.2'"
        Assert-DlError {
            New-DlAugmentation GaussianBlur 4
        } InvalidSetting InvalidArgument 'KernelSize must be an odd number'
        Assert-DlError { New-DlAugmentation Flip -Padding 2 } NamedParameterNotFound InvalidArgument Padding
    }

    Context 'in a training' {
        BeforeAll {
            $data = New-DlDataset Digits 200 -Seed 1 | Split-DlDataset -Validation 0.2 -Seed 1
            function New-Reader {
                New-DlLayer Conv2d 4 -Activation ReLU | New-DlLayer MaxPool2d 4 | New-DlLayer Flatten |
                    New-DlLayer Dense 10 | New-DlModel -Seed 1
            }
        }

        It 'changes training samples alone, the same way by the same seed' {
            $several = New-DlAugmentation RandomCrop 2 | New-DlAugmentation Rotation 10 -Interpolation Bilinear |
                New-DlAugmentation Affine 0 0.1 |
                New-DlAugmentation Scale | New-DlAugmentation RandomErasing | New-DlAugmentation ColorJitter 0.3 0.3
            $settings = @{ Data = $data; Epochs = 2; Seed = 3 }
            $first, $again = foreach ($i in 1, 2) { , (New-Reader |
                Invoke-DlTraining @settings -Augmentation $several, GaussianNoise, Mixup) }
            $plain = New-Reader | Invoke-DlTraining @settings
            $first.Loss | Should -Be $again.Loss
            $first.ValidationLoss | Should -Be $again.ValidationLoss
            $first[0].Loss | Should -Not -Be $plain[0].Loss
            $first[1].Loss | Should -BeLessThan $first[0].Loss
            $still = New-DlOptimizer SGD 0
            $records = New-Reader | Invoke-DlTraining @settings -Optimizer $still -Augmentation $several
            $records[0].Loss | Should -Not -Be $records[1].Loss
            $records[0].ValidationLoss | Should -Be $records[1].ValidationLoss
            $records[0].ValidationLoss | Should -Be (New-Reader |
                Invoke-DlTraining @settings -Optimizer $still)[0].ValidationLoss
        }

        It 'takes names, and shows them' {
            $verbose = New-Reader | Invoke-DlTraining $data -Epochs 1 -Augmentation Crop, cutmix -Verbose 4>&1
            "$verbose" | Should -BeLike '*Augmentations of the training samples: RandomCrop, CutMix.*'
        }

        It 'refuses data that it is not for before the first step' {
            Assert-DlError {
                New-DlTestModel | Invoke-DlTraining (New-DlTestSplit) -Augmentation Flip
            } AugmentationUse InvalidArgument 'HorizontalFlip is for images', "'input' (numbers 2)"
            Assert-DlError {
                New-Reader | Invoke-DlTraining $data -Augmentation NumericNoise
            } AugmentationUse InvalidArgument 'columns of numbers', "'input' (images 1x28x28)"
            Assert-DlError {
                New-Reader | Invoke-DlTraining $data -Augmentation Rotation
            } ParameterArgumentTransformationError InvalidData 'Rotation needs Degrees'
        }

        It 'puts noise on numbers and on labels' {
            $noise = (New-DlAugmentation NumericNoise 0.5), (New-DlAugmentation LabelNoise 1)
            $record = New-DlTestModel |
                Invoke-DlTraining (New-DlTestSplit) -Epochs 30 -LearningRate 0.02 -Augmentation $noise -Seed 1 |
                Select-Object -Last 1
            $record.Accuracy | Should -BeLessThan 0.7
        }
    }
}
