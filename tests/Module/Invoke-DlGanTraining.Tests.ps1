BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $points = 1..200 | ForEach-Object {
        [pscustomobject]@{ X = 5 + [math]::Cos($_ / 32); Y = [math]::Sin($_ / 32) - 3 }
    } | ConvertTo-DlDataset
    $digits = New-DlDataset Digits 100 -Seed 1

    function New-Generator([int] $Outputs = 2) {
        New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense $Outputs | New-DlModel -Seed 1
    }

    function New-Critic {
        New-DlLayer Flatten | New-DlLayer Dense 16 -Activation LeakyReLU | New-DlLayer Dense 1 | New-DlModel -Seed 2
    }

    # A small generator and critic of digits, trained for two epochs.
    function New-DigitGenerator([hashtable] $Options = @{}) {
        $layers = New-DlLayer Dense 32 -Activation ReLU | New-DlLayer Dense 784 -Activation Tanh
        $layers | New-DlModel -Seed 1 |
            Invoke-DlGanTraining -Critic (New-Critic) -Data $digits -Epochs 2 -CodeSize 8 -PassThru @Options
    }
}

Describe 'Invoke-DlGanTraining' {
    It 'gives a record of each epoch, for Export-Csv too' {
        $generator, $critic = (New-Generator), (New-Critic)
        $records = $generator | Invoke-DlGanTraining -Critic $critic -Data $points -Epochs 3 -CodeSize 4
        $records.Epoch | Should -Be (1..3)
        $records[-1].CriticAccuracy | Should -BeGreaterThan 0
        $records[-1].CriticLoss | Should -BeGreaterThan 0
        $records | Export-Csv "$TestDrive/gan.csv"
        (Get-Content "$TestDrive/gan.csv")[0] |
            Should -Be ('"Epoch","Loss","ValidationLoss","CriticLoss","CriticAccuracy","LearningRate","Seconds",' +
                '"SamplesPerSecond"')
        $generator.History.Count | Should -Be 3
        $critic.ParameterCount | Should -BeGreaterThan 0
    }

    It 'learns where the points are' {
        $generator = New-Generator
        $adam = New-DlOptimizer Adam 0.01 -Beta1 0.5
        $options = @{ Critic = New-Critic; Data = $points; CodeSize = 4; Optimizer = $adam; Seed = 1 }
        $generator | Invoke-DlGanTraining @options -Epochs 60 -BatchSize 50 | Out-Null
        $samples = New-DlSample -Model $generator -Count 500
        ($samples.X | Measure-Object -Average).Average | Should -BeGreaterThan 4
        ($samples.X | Measure-Object -Average).Average | Should -BeLessThan 6
        ($samples.Y | Measure-Object -Average).Average | Should -BeLessThan -2
    }

    It 'trains with objective <_>' -ForEach Standard, LeastSquares, Hinge, Wasserstein {
        $record = New-Generator |
            Invoke-DlGanTraining -Critic (New-Critic) -Data $points -Objective $_ -Epochs 2 -BatchSize 20 |
            Select-Object -Last 1
        $measure = $_ -eq 'Wasserstein' ? 'Wasserstein' : 'CriticAccuracy'
        $record.PSObject.Properties.Name | Should -Contain $measure
        (Get-DlCatalog GanObjective).Name | Should -Contain $_
    }

    It 'writes a picture of samples after each epoch' {
        $null = New-DigitGenerator @{ SamplePath = "$TestDrive/pictures"; SampleCount = 9 }
        (Get-ChildItem "$TestDrive/pictures").Name | Should -Be epoch-001.png, epoch-002.png
        (Get-FileHash "$TestDrive/pictures/*").Hash | Select-Object -Unique | Should -HaveCount 2
    }

    It 'takes the classes with -Conditional' {
        $generator = New-DigitGenerator @{ Conditional = $true }
        $samples = New-DlSample -Model $generator -Count 4 -Label 7, 3
        $samples.Label | Should -Be 7, 3, 7, 3
        Assert-DlError { New-DlSample -Model $generator -Label x } UnknownClass InvalidArgument 'knows no class'
    }

    It 'continues from checkpoints with the same weights' {
        $whole, $half = (New-Generator), (New-Generator)
        $options = @{ Data = $points; CodeSize = 4; Seed = 5; Threads = 1; BatchSize = 20 }
        $whole | Invoke-DlGanTraining -Critic (New-Critic) @options -Epochs 4 | Out-Null
        $checkpoints = @{ CheckpointPath = "$TestDrive/night"; Resume = $true }
        $half | Invoke-DlGanTraining -Critic (New-Critic) @options -Epochs 4 @checkpoints |
            Select-Object -First 1 | Out-Null
        $half.History.Count | Should -BeLessThan 4
        $rest = New-Generator
        $rest | Invoke-DlGanTraining -Critic (New-Critic) @options -Epochs 4 @checkpoints | Out-Null
        $rest.History.Loss | Should -Be $whole.History.Loss
        (New-DlSample -Model $rest -Count 3).X | Should -Be (New-DlSample -Model $whole -Count 3).X
        (Import-DlModel "$TestDrive/night" | New-DlSample -Count 3).X |
            Should -Be (New-DlSample -Model $whole -Count 3).X
        Assert-DlError { Resume-DlTraining "$TestDrive/night" -Data $points } ResumeGan InvalidOperation
    }

    It 'trains in a job' {
        $generator = New-Generator
        $job = $generator | Invoke-DlGanTraining -Critic (New-Critic) -Data $points -Epochs 2 -AsJob
        ($job | Receive-Job -Wait).Epoch | Should -Be 1, 2
        $job | Remove-Job
        $generator.History.Count | Should -Be 2
    }

    It 'refuses what cannot work' {
        $critic = New-Critic
        Assert-DlError { New-Generator 3 | Invoke-DlGanTraining -Critic $critic -Data $points } GeneratorShape `
            InvalidArgument 'must give samples of shape 2'
        Assert-DlError { New-Generator | Invoke-DlGanTraining -Critic (New-Generator) -Data $points } CriticShape `
            InvalidArgument 'New-DlLayer Dense 1'
        Assert-DlError { New-Generator | Invoke-DlGanTraining -Critic $critic -Data $points -Conditional } NoLabel `
            InvalidData '-Label'
        Assert-DlError {
            New-Generator | Invoke-DlGanTraining -Critic $critic -Data $points -GradientPenalty 1 -ClipWeight 1
        } GanOptions InvalidArgument 'not both'
        Assert-DlError { New-Generator | Invoke-DlGanTraining -Critic $critic -Data $points -Objective Hing } `
            ParameterArgumentTransformationError InvalidData Hinge
        Assert-DlError { New-Generator | Invoke-DlGanTraining -Critic $critic -Data $points -SamplePath $TestDrive } `
            NoImages InvalidArgument New-DlSample
    }

    It 'completes objectives' { Get-DlCompletion 'Invoke-DlGanTraining -Objective W' | Should -Be Wasserstein }
}
