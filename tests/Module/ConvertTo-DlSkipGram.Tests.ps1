BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $random = [Random]::new(1)
    $sentences = foreach ($i in 1..400) {
        if ($i % 2) { "we eat a ripe $('apple', 'pear', 'plum' | Select-Object -Index $random.Next(3)) today" }
        else { "they use one heavy $('hammer', 'saw', 'drill' | Select-Object -Index $random.Next(3)) tomorrow" }
    }
    $data = $sentences | ConvertTo-DlSkipGram -MinimumCount 1 -Subsample 0 -Seed 1
    $options = @{ Data = $data; Optimizer = 'WordSGD'; LearningRate = 0.1; BatchSize = 256; Seed = 1; NoRecord = $true }
    $model = New-DlModel SkipGram 20 -Seed 1 | Invoke-DlTraining @options -Epochs 30 -PassThru
}

Describe 'ConvertTo-DlSkipGram' {
    It 'makes a row for each word, with the words around it' {
        $data.Columns.Name | Should -Be Word, Context
        $data.Count | Should -Be 2400
        $rows = 'one two three' | ConvertTo-DlSkipGram -MinimumCount 1 -Subsample 0 -Window 1 -FixedWindow |
            ConvertFrom-DlDataset
        $rows.ForEach{ "$($_.Word): $($_.Context -join ',')" } | Should -Be 'one: ,two', 'two: one,three', 'three: two,'
    }

    It 'reads files, and says what it found' {
        Set-Content "$TestDrive/a.txt" 'one two', 'three', '', 'one four'
        Set-Content "$TestDrive/b.txt" 'One five'
        $found = ConvertTo-DlSkipGram "$TestDrive/?.txt" -MinimumCount 1 -Subsample 0 -Verbose 4>&1
        $found[0] | Should -BeLike '7 words, 5 different*'
        $found[1].Count | Should -Be 7
        $piped = Get-ChildItem "$TestDrive/?.txt" | ConvertTo-DlSkipGram -MinimumCount 1 -Subsample 0
        $piped.Count | Should -Be 7
        (ConvertTo-DlSkipGram -LiteralPath "$TestDrive/a.txt" -MinimumCount 1 -Subsample 0).Name | Should -Be a
    }

    It 'refuses other objects, and text without pairs' {
        $quiet = @{ ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue' }
        'one two', 5 | ConvertTo-DlSkipGram -MinimumCount 1 -Subsample 0 @quiet | Should -BeOfType DeepPS.Data.Dataset
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotAText*'
        Assert-DlError { 'one' | ConvertTo-DlSkipGram } NoWords InvalidData MinimumCount
        Assert-DlError { ConvertTo-DlSkipGram "$TestDrive/none.txt" } FileNotFound ObjectNotFound
    }
}

Describe 'Word vectors' {
    It 'of one kind get near to each other' {
        $found = Find-DlNeighbor $model -Positive drill -Count 2
        $found.Word | Sort-Object | Should -Be hammer, saw
        $found.Order | Should -Be 1, 2
        $found[0].Similarity | Should -BeGreaterThan $found[1].Similarity
        $found = Find-DlNeighbor -Positive plum, we -Negative we -Model $model -Count 2
        $found.Word | Sort-Object | Should -Be apple, pear
    }

    It 'survive a model file, and a text file of word2vec' {
        $expected = Find-DlNeighbor $model -Positive apple -Count 5
        foreach ($file in 'words.dlmodel', 'words.vec') {
            $model | Export-DlModel "$TestDrive/$file" | Should -BeOfType System.IO.FileInfo
            $found = Find-DlNeighbor "$TestDrive/$file" -Positive apple -Count 5
            $found.Word | Should -Be $expected.Word
            $read = Import-DlModel "$TestDrive/$file"
            (Find-DlNeighbor $read -Positive apple -Count 5).Word | Should -Be $expected.Word
        }
        (Get-Content "$TestDrive/words.vec")[0] | Should -Be "$((Get-Content "$TestDrive/words.vec").Count - 1) 20"
        $model | Export-DlModel "$TestDrive/not.vec" -WhatIf
        "$TestDrive/not.vec" | Should -Not -Exist
    }

    It 'are shown as a picture' {
        $figure = $model | Show-DlEmbedding -Words -Include apple, pear, saw, drill
        $figure.Panels[0].Series[0].Labels | Should -Be apple, pear, saw, drill
        Assert-DlError { $model | Show-DlEmbedding -Include apple -Data $data } DataNeeded InvalidArgument
        Assert-DlError { $model | Show-DlEmbedding -Words -Include aple, pear, saw } UnknownWord ObjectNotFound apple
    }

    It 'are learned by CBOW too, and by other optimizers' {
        $records = New-DlModel CBOW 8 -Seed 1 | Invoke-DlTraining @options -Epochs 3
        $records[-1].Loss | Should -BeLessThan $records[0].Loss
        $other = $options.Clone()
        $other.Optimizer = New-DlOptimizer Adam 0.01
        $other.Remove('LearningRate')
        $records = New-DlModel SkipGram 8 -Seed 1 | Invoke-DlTraining @other -Epochs 2
        $records[-1].Loss | Should -BeLessThan $records[0].Loss
    }

    It 'are refused for unknown words, other models and damaged files' {
        Assert-DlError { Find-DlNeighbor $model -Positive appel } UnknownWord ObjectNotFound apple
        Assert-DlError { Find-DlNeighbor (New-DlTrainedModel) -Positive apple } NoWords InvalidArgument
        Assert-DlError { New-DlTrainedModel | Export-DlModel "$TestDrive/none.vec" } NoWords InvalidArgument
        Set-Content "$TestDrive/bad.vec" 'king 1 2', 'queen 1'
        Assert-DlError { Import-DlModel "$TestDrive/bad.vec" } InvalidVectors InvalidData 'line 2'
        $options.Data = New-DlTestSplit
        Assert-DlError { New-DlTestModel | Invoke-DlTraining @options } OptimizerUse InvalidArgument SkipGram
    }
}
