BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $model = New-DlTrainedModel
    Push-Location $TestDrive
    $null = $model | Export-DlModel m.dlmodel
    $bytes = [IO.File]::ReadAllBytes("$TestDrive/m.dlmodel")
}

AfterAll { Pop-Location }

Describe 'Import-DlModel' {
    It 'reads layers, values, plan and history of a file' {
        $split = New-DlTestSplit
        $read = Import-DlModel m.dlmodel
        $read.Summary() | Should -Be $model.Summary()
        $read.History.Count | Should -Be $model.History.Count
        ($read | Measure-DlModel $split).Loss | Should -Be ($model | Measure-DlModel $split).Loss
        $read.History | Select-Object -Last 1 -ExpandProperty Accuracy | Should -BeGreaterThan 0.5
    }

    It 'can be trained on' {
        $record = Import-DlModel m.dlmodel | Invoke-DlTraining (New-DlTestSplit) -Epochs 1
        $record.Epoch | Should -Be ($model.History.Count + 1)
    }

    It 'takes wildcards and files from the pipeline' {
        Copy-Item m.dlmodel n.dlmodel
        Import-DlModel [mn].dlmodel | Should -HaveCount 2
        Get-ChildItem [mn].dlmodel | Import-DlModel | Should -HaveCount 2
    }

    It 'refuses a missing file' { Assert-DlError {
        Import-DlModel nosuch.dlmodel } FileNotFound ObjectNotFound nosuch
    }

    It 'refuses a file that was cut short' -ForEach 4, 0.5, 0.999 {
        $length = $_ -lt 1 ? [int]($bytes.Length * $_) : $_
        [IO.File]::WriteAllBytes("$TestDrive/cut.dlmodel", $bytes[0..($length - 1)])
        Assert-DlError { Import-DlModel cut.dlmodel } ModelFileDamaged InvalidData cut.dlmodel
    }

    It 'refuses a file of another kind' {
        Set-Content text.dlmodel ('no model ' * 20)
        Assert-DlError { Import-DlModel text.dlmodel } ModelFileDamaged InvalidData text.dlmodel
    }

    It 'refuses a file from a newer version' {
        # A file without a checksum, so that it can be changed.
        $text = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes("$PSScriptRoot/earlier/table.dlmodel"))
        $newer = $text -replace '(?<=version\\u0022:)\d+', '9'
        $newer | Should -Not -Be $text
        [IO.File]::WriteAllBytes("$TestDrive/newer.dlmodel", [Text.Encoding]::Latin1.GetBytes($newer))
        Assert-DlError { Import-DlModel newer.dlmodel } ModelFileVersion InvalidData 'version 9', 'Update DeepPS'
    }

    It 'reports a bad file and reads the others' {
        Set-Content bad.dlmodel 'x'
        $read = Import-DlModel bad.dlmodel, m.dlmodel -ErrorAction SilentlyContinue -ErrorVariable problem
        $read | Should -HaveCount 1
        $problem | Should -HaveCount 1
    }

    It 'reads the model of a training that was broken off, from its folder or a checkpoint' {
        $split = New-DlTestSplit
        $half = New-DlTestModel
        $checkpoints = @{ CheckpointPath = "$TestDrive/night"; CheckpointEvery = '1step' }
        $null = $half |
            Invoke-DlTraining $split -Epochs 5 @checkpoints -WarningAction Ignore -OnBatch {
            param($training) if ($training.TotalSteps -eq 9) { $training.Stop('Preempted', 'enough for now') }
        }
        $read = Import-DlModel ./night
        ($read | Measure-DlModel $split).Loss | Should -Be ($half | Measure-DlModel $split).Loss
        $read.History.Count | Should -Be $half.History.Count
        $read.History[-1].ValidationLoss | Should -Be $half.History[-1].ValidationLoss
        ($read | Invoke-DlTraining $split -Epochs 1).Epoch | Should -Be ($half.History.Count + 1)
        Get-DlRun ./night | Import-DlModel | Should -BeOfType DeepPS.Models.Model
        Get-Item ./night | Import-DlModel | Should -BeOfType DeepPS.Models.Model
        Get-ChildItem ./night/step-*9.dlcheckpoint | Import-DlModel | Should -BeOfType DeepPS.Models.Model
        ($split.Test | Invoke-DlPrediction ./night).Probability |
            Should -Be ($split.Test | Invoke-DlPrediction $half).Probability
    }

    It 'reads the model that an early stop gave, the last or the best' {
        # Labels that have nothing to do with the inputs: the validation loss rises soon.
        $random = [Random]::new(1)
        $noise = 1..96 | ForEach-Object {
            @{ a = $random.NextDouble(); b = $random.NextDouble(); y = $random.Next(2) ? 'yes' : 'no' }
        } | ConvertTo-DlDataset y | Split-DlDataset -Validation 0.5 -Seed 1
        $options = @{ Epochs = 300; BatchSize = 8; LearningRate = 0.05; Patience = 5; Keep = 1; NoRecord = $true }
        $folder = "$TestDrive/early"
        $trained = New-DlLayer Dense 32 -Activation ReLU | New-DlLayer Dense 2 | New-DlModel -Seed 1
        $null = $trained | Invoke-DlTraining $noise @options -CheckpointPath $folder
        function Get-Loss($model) { ($model | Measure-DlModel $noise.Validation).Loss }
        $best = Get-Loss $trained
        Get-Loss (Import-DlModel $folder) | Should -Be $best
        Get-Loss (Import-DlModel $folder -Best) | Should -Be $best
        Get-Loss (Import-DlModel $folder -Last) | Should -BeGreaterThan $best
        Get-Loss (Resume-DlTraining $folder $noise -PassThru -NoRecord) | Should -Be $best
        Get-Loss (Get-Item $folder | Import-DlModel -Last) | Should -BeGreaterThan $best
        (Import-DlModel $folder -Best).History[-1].ValidationLoss |
            Should -Be ($trained.History.ValidationLoss | Measure-Object -Minimum).Minimum
        # -Keep 1 keeps the best besides the last.
        Get-ChildItem $folder -Filter *.dlcheckpoint | Should -HaveCount 2
        # Without -Patience there is a best epoch too.
        $null = New-DlTestModel | Invoke-DlTraining (New-DlTestSplit) -Epochs 3 -CheckpointPath "$folder-2" -NoRecord
        (Import-DlModel "$folder-2" -Best).History | Should -HaveCount 3
    }

    It 'refuses a choice where there is none' {
        Assert-DlError { Import-DlModel m.dlmodel -Best } NotACheckpoint InvalidArgument '-Best', 'm.dlmodel'
        Assert-DlError { Import-DlModel ./night -Best -Last } BestAndLast InvalidArgument '-Last'
    }

    It 'finds every changed bit of a model file' {
        $file = "$TestDrive/flipped.dlmodel"
        New-DlTrainedModel | Export-DlModel $file
        $bytes = [IO.File]::ReadAllBytes($file)
        foreach ($place in 3, 200, ($bytes.Length - 5), ($bytes.Length - 1)) {
            $flipped = $bytes.Clone()
            $flipped[$place] = $flipped[$place] -bxor 1
            [IO.File]::WriteAllBytes($file, $flipped)
            Assert-DlError { Import-DlModel $file } ModelFileDamaged InvalidData 'flipped.dlmodel'
        }
    }

    It 'skips a damaged checkpoint with a warning, and reports a folder without one' {
        $files = Get-ChildItem ./night/step-* | Sort-Object Name
        [IO.File]::WriteAllBytes($files[-1], [byte[]](1..99))
        Import-DlModel ./night -WarningVariable said -WarningAction SilentlyContinue |
            Should -BeOfType DeepPS.Models.Model
        $said | Should -BeLike "*$($files[-1].Name)*The checkpoint before it is used*"
        Assert-DlError { Import-DlModel $files[-1] } CheckpointDamaged InvalidData $files[-1].Name
        $null = New-Item -ItemType Directory "$TestDrive/empty"
        Assert-DlError { Import-DlModel ./empty } NoCheckpoint ObjectNotFound '-CheckpointPath'
    }
}
