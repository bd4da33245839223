BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
    foreach ($name in 'one', 'two') {
        $model = New-DlLayer Dense 3 | New-DlModel -Name $name -Seed 1
        $null = $model | Invoke-DlTraining -Data $split -Epochs 2 -Seed 1 -RunPath "$TestDrive/runs" -LearningRate (
            $name -eq 'one' ? 0.1 : 0.01)
    }
}

Describe 'New-DlReport' {
    It 'reports a model with its run, data and evaluation' {
        $file = $model | New-DlReport "$TestDrive/two.html" -Data $split
        $file | Should -BeOfType System.IO.FileInfo
        $page = Get-Content $file -Raw
        foreach ($title in 'Model', 'Run', 'Data', 'Training', 'Evaluation', 'Environment') {
            $page | Should -BeLike "*>$title</h2>*"
        }
        $page | Should -BeLike '*Confusion matrix: Blobs (test)*'
        $page | Should -BeLike '*LearningRate</td><td>0.01<*'
        $page | Should -Not -Match '(src|href)="(?!data:|#)'
    }

    It 'reports a run, and compares several' {
        $runs = Get-DlRun "$TestDrive/runs"
        $null = $runs[0] | New-DlReport "$TestDrive/run.html" -Title 'Night run'
        Get-Content "$TestDrive/run.html" -Raw | Should -BeLike '*<h1>Night run</h1>*>Training</h2>*'
        $null = $runs | New-DlReport "$TestDrive/runs.html" -Compare
        $page = Get-Content "$TestDrive/runs.html" -Raw
        $page | Should -BeLike '*Settings that differ*LearningRate*0.1*0.01*Learning curves of 2 runs*'
    }

    It 'takes rows of importance' {
        $null = $model | New-DlReport "$TestDrive/importance.html" -Importance @(
            [pscustomobject]@{ Column = 'X'; Importance = 0.5 })
        Get-Content "$TestDrive/importance.html" -Raw | Should -BeLike '*>Importance</h2>*'
    }

    It 'reports the penguins in one line' -Skip:(-not $SharedData) {
        $script = Resolve-Path "$PSScriptRoot/../../examples/report.ps1"
        Push-Location $TestDrive
        try { $file = & $script -Path "$SharedData/penguins.csv" -OutFile "$TestDrive/penguins.html" }
        finally { Pop-Location }
        $file.Length | Should -BeLessThan 3MB
        Get-Content $file -Raw | Should -BeLike '*bill_length_mm*Confusion matrix: penguins*'
    }

    It 'writes nothing with -WhatIf' {
        $model | New-DlReport "$TestDrive/whatif.html" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/whatif.html" | Should -Not -Exist
    }

    It 'refuses what it cannot report' {
        $runs = Get-DlRun "$TestDrive/runs"
        Assert-DlError { $runs | New-DlReport "$TestDrive/a.html" } SeveralReports InvalidArgument '-Compare'
        Assert-DlError { $model | New-DlReport "$TestDrive/a.html" -Compare } NotARun InvalidArgument Model
        Assert-DlError { $model | New-DlReport "$TestDrive/a.pdf" } UnknownReportFormat InvalidArgument '.html'
        Assert-DlError { $runs[0] | New-DlReport "$TestDrive/a.html" -Data $split } ModelNeeded InvalidArgument model
        Assert-DlError { 42 | New-DlReport "$TestDrive/a.html" } NotAModel InvalidArgument Int32
    }
}
