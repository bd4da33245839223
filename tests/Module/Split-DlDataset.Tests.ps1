BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Split-DlDataset' {
    It 'makes parts of the sizes asked for' {
        $split = New-DlDataset Moons 100 | Split-DlDataset -Validation 0.1 -Test 0.2
        $split | Should -BeOfType DeepPS.Data.Split
        $split.Train.Count, $split.Validation.Count, $split.Test.Count | Should -Be 70, 10, 20
    }

    It 'makes only the parts asked for' {
        (New-DlDataset Moons 100 | Split-DlDataset -Test 0.2).Validation | Should -BeNullOrEmpty
    }

    It 'makes the same parts from the same seed' {
        $data = New-DlDataset Moons 100
        $first, $same, $other = 5, 5, 6 |
            ForEach-Object { , (($data | Split-DlDataset -Test 0.2 -Seed $_).Test | ConvertFrom-DlDataset).x1 }
        $first.Count | Should -Be 20
        $same | Should -Be $first
        $other | Should -Not -Be $first
    }

    It 'gives each part its share of each class, unless told not to' {
        $rows = 1..100 | ForEach-Object { [pscustomobject]@{ x = $_; y = $_ -le 10 ? 'rare' : 'common' } }
        $data = $rows | ConvertTo-DlDataset y
        ($data | Split-DlDataset -Test 0.2 | ForEach-Object Test | ConvertFrom-DlDataset |
            Where-Object y -eq rare).Count | Should -Be 2
        ($data | Split-DlDataset -Test 0.2 -NoStratify).Test.Count | Should -Be 20
    }

    It 'prints as its parts' {
        New-DlDataset Moons 100 | Split-DlDataset -Validation 0.1 -Test 0.2 | Out-String |
            Should -BeLike '*Train*70*Validation*10*Test*20*'
    }

    Context 'by a column' {
        BeforeAll {
            $rows = 1..200 | ForEach-Object {
                [pscustomobject]@{
                    x = $_ % 7; Host = "h$($_ % 20)"; Day = [int][math]::Floor($_ / 8)
                    Part = ('Train', 'TRAINING', 'val', 'test')[$_ % 4]; y = ('a', 'b')[$_ % 2]
                }
            }
            $data = $rows | ConvertTo-DlDataset y
        }

        It 'keeps groups together, and their column out of the inputs' {
            $split = $data | Split-DlDataset -Group Host -Validation 0.1 -Test 0.2 -Seed 3
            $split.Train.Count, $split.Validation.Count, $split.Test.Count | Should -Be 140, 20, 40
            $hosts = 'Train', 'Validation', 'Test' |
                ForEach-Object { ($split.$_ | ConvertFrom-DlDataset).Host | Sort-Object -Unique }
            $hosts.Count | Should -Be 20
            ($split.Plan.Columns | Where-Object Name -EQ Host).Role | Should -Be LeftOut
        }

        It 'tests on the latest rows' {
            $split = $data | Split-DlDataset -Time Day -Validation 0.1 -Test 0.2
            $days = 'Train', 'Validation', 'Test' | ForEach-Object { , ($split.$_ | ConvertFrom-DlDataset).Day }
            ($days[0] | Measure-Object -Maximum).Maximum |
                Should -BeLessThan ($days[1] | Measure-Object -Minimum).Minimum
            ($days[1] | Measure-Object -Maximum).Maximum |
                Should -BeLessThan ($days[2] | Measure-Object -Minimum).Minimum
        }

        It 'takes the parts that a column names' {
            $split = $data | Split-DlDataset -By Part
            $split.Train.Count, $split.Validation.Count, $split.Test.Count | Should -Be 100, 50, 50
            $split.Method | Should -Be "as 'Part' says"
        }

        It 'refuses columns that it cannot split by' {
            Assert-DlError {
                $data | Split-DlDataset -Group Hosts -Test 0.2
            } InvalidSplitColumn InvalidArgument 'x, Host, Day'
            Assert-DlError {
                $data | Split-DlDataset -Group y -Test 0.2
            } InvalidSplitColumn InvalidArgument 'is the label'
            Assert-DlError { $data | Split-DlDataset -Time Host -Test 0.2 } NotATime InvalidData "'Host' = 'Time'"
            Assert-DlError { $data | Split-DlDataset -By Host } UnknownPart InvalidData "row 1 has 'h1'"
        }
    }

    Context 'in folds' {
        It 'gives each row to one test part, as often as the folds are repeated' {
            $data = 1..50 | ForEach-Object { [pscustomobject]@{ x = $_ + 0.5; y = ('a', 'b')[$_ % 2] } } |
                ConvertTo-DlDataset y
            $folds = $data | Split-DlDataset -Fold 5 -Repeat 3 -Validation 0.25 -Seed 1
            $folds.Fold | Should -Be (1..5 * 3)
            $folds.Repeat | Should -Be (@(1) * 5 + @(2) * 5 + @(3) * 5)
            $folds | ForEach-Object { $_.Train.Count, $_.Validation.Count, $_.Test.Count | Should -Be 30, 10, 10 }
            $folds | Group-Object Repeat | ForEach-Object {
                ($_.Group.Test | ConvertFrom-DlDataset).x | Sort-Object |
                    Should -Be (1..50 | ForEach-Object { $_ + 0.5 })
            }
            $folds[6] | Out-String |
                Should -BeLike ('*objects, fold 2 of 5, repeat 2 of 3, 50 rows split at random, by the classes of*' +
                    'Train*30*60*')
        }

        It 'is a loop of models' {
            $accuracy = New-DlDataset Blobs 150 -Seed 1 | Split-DlDataset -Fold 3 -Seed 1 | ForEach-Object {
                $model = New-DlTestModel
                $null = $model | Invoke-DlTraining -Data $_ -Epochs 20 -Optimizer (New-DlOptimizer Adam 0.02) -Seed 1
                $model | Measure-DlModel -Data $_
            } | Measure-Object Accuracy -Average -Minimum
            $accuracy.Count | Should -Be 3
            $accuracy.Average | Should -BeGreaterThan 0.9
        }

        It 'keeps groups together' {
            $data = 1..60 | ForEach-Object { [pscustomobject]@{ x = $_ % 7; Host = "h$($_ % 12)";
                y = ('a', 'b')[$_ % 2] } } | ConvertTo-DlDataset y
            $tests = $data | Split-DlDataset -Fold 4 -Group Host |
                ForEach-Object { , (($_.Test | ConvertFrom-DlDataset).Host | Sort-Object -Unique) }
            $tests | ForEach-Object { $_ } | Should -HaveCount 12
        }

        It 'refuses impossible folds' {
            Assert-DlError { New-DlDataset Moons 10 | Split-DlDataset -Fold 11 } InvalidFold InvalidArgument 'got 11'
            Assert-DlError {
                New-DlDataset Moons 10 | Split-DlDataset -Fold 5 -Test 0.1
            } AmbiguousParameterSet InvalidArgument
        }
    }

    It 'keeps categories that occur again, and warns once of columns that it leaves out' {
        $data = 1..200 | ForEach-Object { [pscustomobject]@{
            Server = "srv$($_ % 21)"; Key = "K${_}X"; Site = 'Bern'; x = $_ % 7; y = ('a', 'b')[$_ % 2] } } |
            ConvertTo-DlDataset y
        $split = $data | Split-DlDataset -Test 0.2 -Seed 1 -WarningVariable warnings 3>$null
        ($split | Get-DlDatasetColumn | Where-Object Role -eq Input).Name | Should -Be Server, x
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike ("2 columns of 'objects (train)' are left out: 'Key': an identifier*" +
            "'Key' = 'Category'*'Site'*")
        $model = New-DlLayer Dense 2 | New-DlModel
        $null = $model | Invoke-DlTraining $split -Epochs 1 -NoRecord -WarningVariable more 3>$null
        $more | Should -BeNullOrEmpty
        $null = $data | Split-DlDataset -Fold 3 -WarningVariable folds 3>$null
        $folds | Should -HaveCount 1
        $null = New-DlLayer Dense 2 | New-DlModel |
            Invoke-DlTraining $data -Epochs 1 -NoRecord -WarningVariable direct 3>$null
        "$direct" | Should -BeLike "*'Key'*"
    }

    It 'refuses shares that leave nothing' {
        Assert-DlError {
            New-DlDataset Moons 100 | Split-DlDataset -Validation 0.5 -Test 0.5
        } InvalidFraction InvalidArgument 'below 1'
        Assert-DlError { New-DlDataset Moons 100 | Split-DlDataset -Test 10 } InvalidFraction InvalidArgument 'got 10'
    }
}
