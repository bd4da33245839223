BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $lessons = Resolve-Path "$PSScriptRoot/../../examples/lessons"
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
}
