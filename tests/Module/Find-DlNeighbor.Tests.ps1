BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $model = New-DlTrainedModel
    $split = New-DlTestSplit
}

Describe 'Find-DlNeighbor' {
    It 'finds neighbors of the rows of a dataset, which vote' {
        $found = $split.Test | Find-DlNeighbor $model -Support $split -Count 3
        $found | Should -HaveCount (3 * $split.Test.Count)
        $found[0..3].Row | Should -Be 1, 1, 1, 2
        $found[0..3].Order | Should -Be 1, 2, 3, 1
        $found[0].Distance | Should -BeLessOrEqual $found[1].Distance
        $found[0].Neighbor | Should -BeGreaterThan 0
        $vote = $found[0..2] | Group-Object Class | Sort-Object Count -Descending | Select-Object -First 1
        if ($vote.Count -gt 1) { $found[0].Prediction | Should -Be $vote.Group[0].Class }
        $found[0].Share | Should -Be ($found[0..2].Where{ $_.Class -eq $found[0].Prediction }.Count / 3)
    }

    It 'finds a sample itself at distance 0, as an object too' {
        $row = $split.Train | ConvertFrom-DlDataset | Select-Object -First 2
        foreach ($distance in 'Cosine', 'Euclidean') {
            $found = $row | Find-DlNeighbor $model -Support $split.Train -Count 1 -Distance $distance -Layer input
            $found.Row | Should -Be 1, 2
            $found.Neighbor | Should -Be 1, 2
            $found.Distance | ForEach-Object { $_ | Should -BeLessThan 1e-5 }
        }
    }

    It 'gives flat objects for Export-Csv' {
        $split.Test | Find-DlNeighbor $model -Support $split -Count 2 | Export-Csv "$TestDrive/neighbors.csv"
        $rows = @(Import-Csv "$TestDrive/neighbors.csv")
        $rows[0].psobject.Properties.Name | Should -Be Row, Order, Neighbor, Class, Distance, Prediction, Share
        $rows | Should -HaveCount (2 * $split.Test.Count)
        $split.Test | Find-DlNeighbor $model -Support $split -Count 2 | Out-String -Width 80 |
            Should -BeLike '*Prediction*Share*'
    }

    It 'takes the path of a model, and the support of an episode' {
        $file = $model | Export-DlModel "$TestDrive/neighbor.dlmodel"
        $episode = $split.Train | Split-DlDataset -Episode -Way 2 -Shot 2 -Query 2 -Count 1
        $found = $episode.Query | Find-DlNeighbor "$file" -Support $episode -Count 1
        $found | Should -HaveCount 4
        $found.Class | ForEach-Object { $_ | Should -BeIn $episode.Classes }
    }

    It 'reports an object that the model cannot read, and continues' {
        $rows = @($split.Train | ConvertFrom-DlDataset | Select-Object -First 2)
        $all = $rows[0], [pscustomobject]@{ Other = 1 }, $rows[1]
        $quiet = @{ ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue' }
        $found = $all | Find-DlNeighbor $model -Support $split -Count 1 @quiet
        $found.Row | Should -Be 1, 3
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ColumnNotFound*'
    }

    It 'warns of a class with too few samples for a majority' {
        $episode = $split.Train | Split-DlDataset -Episode -Way 2 -Shot 1 -Query 1 -Count 1
        $null = $episode.Query | Find-DlNeighbor $model -Support $episode -Count 5 -WarningVariable warnings 3>$null
        $warnings | Should -BeLike "*'$($episode.Classes[0])'*too few*"
    }

    It 'refuses what it cannot compare' {
        Assert-DlError { $split.Test | Find-DlNeighbor $model -Support $split -Layer c9 } LayerNotFound ObjectNotFound
        Assert-DlError { $split.Test | Find-DlNeighbor $model -Support 5 } NotADataset InvalidArgument
        Assert-DlError { $split.Test | Find-DlNeighbor 5 -Support $split } NotAModel InvalidArgument
        $untrained = New-DlLayer Dense 3 | New-DlModel
        Assert-DlError { $split.Test | Find-DlNeighbor $untrained -Support $split } ModelNotTrained InvalidOperation
    }
}
