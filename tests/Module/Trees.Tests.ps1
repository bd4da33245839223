BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    # Trees of two kinds: the mark 1 is left or right below the root.
    function New-Rows([int] $Count = 60) {
        foreach ($i in 1..$Count) {
            $leaf = [pscustomobject]@{ E = $i % 3; Mark = 0; Name = 'leaf' }
            $marked = [pscustomobject]@{ E = 1 + $i % 5; Mark = 1; Name = 'marked' }
            $right = @{ E = 2; Mark = 0; Parts = @($leaf, $leaf)[0..($i % 2)] }
            $isLeft = $i % 4 -lt 2
            $parts = $isLeft ? @($marked, $right) : @($right, $marked)
            [pscustomobject]@{
                Tree = [pscustomobject]@{ E = $i; Mark = 0; Parts = $parts }
                Side = $isLeft ? 'left' : 'right'
            }
        }
    }

    $column = @{ Tree = @{ Kind = 'Tree'; Children = 'Parts'; Values = 'E', 'Mark' } }
    $rows = @(New-Rows)
    $data = $rows | ConvertTo-DlDataset Side -Column $column

    function New-Model { New-DlLayer TreeLSTM 8 -Children 2 | New-DlLayer Dense 2 | New-DlModel -Seed 1 }

    $optimizer = New-DlOptimizer Adam 0.02
    $options = @{ Data = $data; Seed = 1; NoRecord = $true; BatchSize = 16; Optimizer = $optimizer; Threads = 1 }
    $model = New-Model
    $records = @($model | Invoke-DlTraining @options -Epochs 30)
}

Describe 'trees' {
    It 'are read from custom objects, hashtables and instances of classes' {
        $found = $data | Get-DlDatasetColumn | Where-Object Name -eq Tree
        $found.Kind | Should -Be Tree
        $found.Encoder | Should -BeLike 'trees of up to 5 nodes: E standardised*Mark standardised*'
        $tree = ($data | ConvertFrom-DlDataset)[0].Tree
        $tree.E | Should -Be 1
        $tree.Parts[0].Mark | Should -Be 1
        $tree.Parts[1].Parts | Should -HaveCount 2

        class Part { [double] $E; [double] $Mark; [object[]] $Parts }
        $made = [Part]@{ E = 1; Parts = @([Part]@{ E = 2; Mark = 1 }, @{ E = 3; Mark = 2 }) }
        $own = [pscustomobject]@{ Tree = $made; Y = 1.5 } | ConvertTo-DlDataset Y -Column $column
        "$(($own | ConvertFrom-DlDataset).Tree)" |
            Should -Be '{"E":1,"Mark":0,"Parts":[{"E":2,"Mark":1},{"E":3,"Mark":2}]}'
    }

    It 'train a network, which tells where a node is' {
        $records | Should -HaveCount 30
        ($model | Measure-DlModel $data).Accuracy | Should -BeGreaterThan 0.95
        $records | Export-Csv "$TestDrive/epochs.csv"
        (Import-Csv "$TestDrive/epochs.csv").Count | Should -Be 30
        $measured = $model | Measure-DlModel $data | ForEach-Object { $_ | ConvertTo-Csv | ConvertFrom-Csv }
        [double] $measured.Accuracy | Should -BeGreaterThan 0.95
    }

    It 'are predicted as objects, after the model was saved and loaded' {
        $model | Export-DlModel "$TestDrive/tree.dlmodel"
        $loaded = Import-DlModel "$TestDrive/tree.dlmodel"
        $before = @($rows | Invoke-DlPrediction $model)
        $after = @($rows | Invoke-DlPrediction $loaded)
        $after.Probability | Should -Be $before.Probability
        @($before | Where-Object { $_.Prediction -eq $_.Side }).Count | Should -BeGreaterThan 56
        $alone = @{ Tree = @{ E = 3; Mark = 0; Parts = @{ E = 1; Mark = 1 }, @{ E = 2; Mark = 0 } } } |
            Invoke-DlPrediction $loaded
        $alone.Prediction | Should -Be left
    }

    It 'go through a CSV file as JSON' {
        $file = "$TestDrive/trees.csv"
        $data | ConvertFrom-DlDataset | Export-Csv $file
        $read = Import-DlDataset $file -Label Side -Column $column
        ($read | Get-DlDatasetColumn | Where-Object Name -eq Tree).Kind | Should -Be Tree
        ($model | Measure-DlModel $read).Loss | Should -Be ($model | Measure-DlModel $data).Loss
        $predicted = @(Import-Csv $file | Invoke-DlPrediction $model)
        $predicted.Probability | Should -Be @($rows | Invoke-DlPrediction $model).Probability
        $inferred = New-DlDataset Jets 20 -Seed 3 | ConvertFrom-DlDataset |
            Select-Object @{ Name = 'Tree'; Expression = { "$($_.Tree)" } }, Label | ConvertTo-DlDataset Label
        ($inferred | Get-DlDatasetColumn)[0].Kind | Should -Be Tree
    }

    It 'resume from checkpoints with the same numbers' {
        $straight = @(New-Model | Invoke-DlTraining @options -Epochs 4)
        $run = @{ CheckpointPath = "$TestDrive/run"; Epochs = 4; WarningAction = 'SilentlyContinue' }
        $null = New-Model | Invoke-DlTraining @options @run -OnBatch {
            param($training) if ($training.TotalSteps -eq 6) { $training.Stop('Preempted', 'enough for now') }
        }
        $rest = @(New-Model | Invoke-DlTraining @options @run -Resume)
        $rest[-1].Epoch | Should -Be 4
        $rest[-1].Loss | Should -Be $straight[-1].Loss
    }

    It 'are refused by row and node where they are wrong' {
        $circle = @{ E = 1; Mark = 0 }
        $circle.Parts = @(@{ E = 2; Mark = 0; Parts = @($circle) })
        $tree = { param($Tree) $rows[0], [pscustomobject]@{ Tree = $Tree; Side = 'left' } |
                ConvertTo-DlDataset Side -Column $column }
        Assert-DlError { & $tree $circle } TreeCycle InvalidData 'row 2', 'node Parts*0*', 'node root'
        Assert-DlError { & $tree @{ E = 1; Mark = 0; Parts = @(@{ E = 2 }) } } NodeValueMissing InvalidData 'row 2',
            'Parts*0*', "'Mark'"
        Assert-DlError { & $tree '{' } NotATree InvalidData 'row 2'
        Assert-DlError { @{ Tree = @{ E = 1 } } | Invoke-DlPrediction $model } NodeValueMissing InvalidData 'root'
        Assert-DlError { New-DlLayer TreeLSTM 4 | New-DlModel -InputShape 3, 4 } TreeUnknown InvalidArgument
        $wide = $rows | ConvertTo-DlDataset Side -Column $column
        $narrow = New-DlLayer RecursiveTree 4 -Children 1 | New-DlLayer Dense 2 | New-DlModel -Seed 1
        Assert-DlError { $narrow | Invoke-DlTraining -Data $wide -Epochs 1 -NoRecord } TooManyChildren InvalidData
    }

    It 'are generated as jets, beside flat features' {
        $jets = New-DlDataset Jets 200 -Seed 1
        $columns = $jets | Get-DlDatasetColumn
        $columns[0].Kind | Should -Be Tree
        $columns.Name | Should -Be Tree, Pt, Mass, Particles, Width, Dispersion, Tau21, Label
        $row = ($jets | ConvertFrom-DlDataset)[0]
        $row.Tree.Pt | Should -BeGreaterThan 200
        $row.Tree.Children | Should -HaveCount 2
        [Math]::Abs($row.Tree.Mass - $row.Mass) | Should -BeLessThan 0.01
        $flat = New-DlLayer Dense 2 | New-DlModel
        Assert-DlError { $flat | Invoke-DlTraining -Data $jets -Epochs 1 -NoRecord } TreeWithColumns InvalidData
        $other = New-DlDataset Jets 50 -Algorithm AntiKt -Seed 1 | ConvertFrom-DlDataset
        $other[0].Mass | Should -Be $row.Mass
        "$($other[0].Tree)" | Should -Not -Be "$($row.Tree)"
    }
}
