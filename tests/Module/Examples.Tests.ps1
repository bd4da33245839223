BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $examples = Resolve-Path "$PSScriptRoot/../../examples"
}

Describe 'examples/quickstart.ps1' {
    It 'writes its epochs, and outputs epochs, model and measurement' {
        $output = & "$examples/quickstart.ps1" -Csv "$TestDrive/quickstart.csv"
        (Import-Csv "$TestDrive/quickstart.csv").Epoch | Should -Be 1, 2, 3, 4, 5
        $output | Should -HaveCount 7
        $output[5] | Should -BeOfType DeepPS.Models.Model
        $output[6].Accuracy | Should -BeGreaterThan 0.9
    }
}

Describe 'examples/csv-classifier.ps1' {
    It 'outputs epochs, a measurement and the predictions that it is not sure of' {
        $output = & "$examples/csv-classifier.ps1" -Csv "$TestDrive/classifier.csv" -Rows 1500
        $epochs = @(Import-Csv "$TestDrive/classifier.csv")
        $epochs.Epoch | Should -Be (1..$epochs.Count)
        $output[$epochs.Count].Count | Should -Be 225
        $unsure = $output | Select-Object -Skip ($epochs.Count + 1)
        $unsure | Should -Not -BeNullOrEmpty
        $unsure | ForEach-Object {
            $_.PSObject.Properties.Name | Should -Contain Prediction
            $_.Probability | Should -BeLessThan 0.6
        }
    }
}

Describe 'examples/mnist.ps1' -Skip:(-not $SharedData) -Tag Shared {
    It 'reads handwritten digits' {
        $epoch, $tested = & "$examples/mnist.ps1" -Path "$SharedData/mnist" -Csv "$TestDrive/mnist.csv" -Epochs 1
        $epoch.Epoch | Should -Be 1
        $tested.Count | Should -Be 10000
        $tested.Accuracy | Should -BeGreaterThan 0.93
    }
}

Describe 'examples/full.ps1' {
    It 'writes what the chosen scripts output' {
        $rows = & "$examples/full.ps1" -Name 0?-x*, *neuron, mnist -OutFolder "$TestDrive/full"
        $rows.Name | Should -Be 01-xor, 13-neuron
        $rows[0].Output.Accuracy | Should -HaveCount 2
        $rows[1].Output.Xor | Should -Be 0, 1, 1, 0
        Get-Content -Raw "$TestDrive/full/13-neuron.txt" | Should -Match 'Xor'
        "$TestDrive/full/xor.png" | Should -Exist
    }

    It 'gives arguments to scripts and parameters that exist' {
        $tables = [System.Management.Automation.Language.Parser]::ParseFile("$examples/full.ps1", [ref]$null,
            [ref]$null).FindAll({ $args[0] -is [System.Management.Automation.Language.HashtableAst] }, $true) |
            Where-Object { $_.KeyValuePairs.Count -gt 5 }
        $tables | Should -HaveCount 2
        foreach ($pair in $tables.KeyValuePairs) {
            $script = Get-ChildItem $examples -Recurse -Filter "$($pair.Item1.Value).ps1"
            $script | Should -HaveCount 1
            $known = (Get-Command $script.FullName).Parameters.Keys
            $given = $pair.Item2.Find({ $args[0] -is [System.Management.Automation.Language.HashtableAst] }, $true)
            $given.KeyValuePairs.Item1.Value | ForEach-Object { $_ | Should -BeIn $known }
        }
    }
}

Describe 'examples/README.md' {
    It 'has a row for each script' {
        $text = Get-Content -Raw "$examples/README.md"
        $links = [regex]::Matches($text, '\]\(([^)]+)\)').ForEach{ $_.Groups[1].Value }
        $scripts = @(Get-ChildItem "$examples/lessons" -Filter *.ps1) + (Get-ChildItem $examples -Filter *.ps1)
        foreach ($script in $scripts | Where-Object Name -ne full.ps1) {
            [System.IO.Path]::GetRelativePath($examples, $script.FullName).Replace('\', '/') | Should -BeIn $links
        }
    }
}
