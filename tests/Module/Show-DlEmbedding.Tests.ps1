BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $model = New-DlTrainedModel
    $split = New-DlTestSplit
}

Describe 'Show-DlEmbedding' {
    It 'shows samples at a layer by <_>' -ForEach Pca, Tsne {
        $figure = $model | Show-DlEmbedding -Data $split -Method $_ -Count 40
        $figure | Should -BeOfType DeepPS.Plots.Figure
        $figure.Title | Should -Be 'model: dense1 of 40 samples'
        $figure.Panels[0].Series.Name | Should -Be 0, 1, 2
        ($figure.Panels[0].Series.ForEach{ $_.X.Count } | Measure-Object -Sum).Sum | Should -Be 40
    }

    It 'shows the input and named layers' {
        ($model | Show-DlEmbedding -Data $split -Layer input -Count 9).Title | Should -Be 'model: input of 9 samples'
        ($model | Show-DlEmbedding -Data $split -Layer dense2 -Count 9).Title | Should -Be 'model: dense2 of 9 samples'
        $model | Show-DlEmbedding -Data $split | Out-String | Should -BeLike '*Component 1*'
    }

    It 'shows words' {
        $text = New-DlDataset Tickets 80 -Seed 1
        $reader = New-DlLayer Embedding 8 | New-DlLayer SequenceMean | New-DlLayer Dense 5 | New-DlModel -Seed 1
        $null = $reader | Invoke-DlTraining -Data $text -Epochs 1 -NoRecord
        $points = ($reader | Show-DlEmbedding -Words -Count 20).Panels[0].Series[0]
        $points.Labels | Should -HaveCount 20
        $svg = $reader | Show-DlEmbedding "$TestDrive/words.svg" -Words -Count 20
        ([xml](Get-Content $svg -Raw)).GetElementsByTagName('text').'#text' | Should -Contain $points.Labels[3]
    }

    It 'writes nothing with -WhatIf' {
        $model | Show-DlEmbedding "$TestDrive/whatif.png" -Data $split -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/whatif.png" | Should -Not -Exist
    }

    It 'refuses what it cannot show' {
        Assert-DlError { $model | Show-DlEmbedding } DataNeeded InvalidArgument '-Words'
        Assert-DlError { $model | Show-DlEmbedding -Words } NoWords InvalidArgument 'Embedding'
        Assert-DlError { $model | Show-DlEmbedding -Data $split -Layer conv9 } LayerNotFound ObjectNotFound dense1
    }
}
