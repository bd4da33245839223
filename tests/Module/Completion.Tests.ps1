BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Completion of what the data has' {
    BeforeAll {
        Push-Location $TestDrive
        "Age,Family name,Team`n1,a,red`n2,b,blue`n3,c,red" | Set-Content people.csv
        $people = Import-DlDataset people.csv -Label Team
        $split = New-DlDataset Moons 20 | Split-DlDataset -Validation 0.2
        $rows = Import-Csv people.csv
    }

    AfterAll { Pop-Location }

    It 'offers the columns of a file that the command itself names' {
        Get-DlCompletion 'Import-DlDataset ./people.csv -Label ' | Should -Be Age, "'Family name'", Team
        Get-DlCompletion 'Import-DlDataset ./people.csv -Label fam' | Should -Be "'Family name'"
        Get-DlCompletion 'Import-DlDataset people.csv -SampleWeight a' | Should -Be Age
    }

    It 'offers those of a file, a dataset or rows before it in the pipeline' {
        Get-DlCompletion 'Import-DlDataset people.csv | Split-DlDataset -Group ' | Should -Contain Team
        Get-DlCompletion 'Import-Csv ./people.csv | ConvertTo-DlDataset -Label A' | Should -Be Age
        Get-DlCompletion '$people | Split-DlDataset -By T' | Should -Be Team
        Get-DlCompletion '$rows | Where-Object Age | ConvertTo-DlTimeSeries -Time ' | Should -Contain Age
        Get-DlCompletion '$split.Train | Split-DlDataset -Time x' | Should -Be x1, x2
    }

    It 'offers settings of columns, classes to weigh, values to monitor, encodings' {
        Get-DlCompletion 'Import-DlDataset people.csv -Column ' | Should -Contain "@{ 'Family name' = 'Text' }"
        Get-DlCompletion '$model | Invoke-DlTraining -Data $people -ClassWeight ' |
            Should -Be Balanced, '@{ red = 1; blue = 1 }'
        Get-DlCompletion '$model | Invoke-DlTraining -Data $split -Monitor ' |
            Should -Be ValidationLoss, Loss, ValidationAccuracy, Accuracy
        Get-DlCompletion '$model | Invoke-DlTraining -Data $split -Metric F1 -Monitor V' |
            Should -Be ValidationLoss, ValidationF1
        Get-DlCompletion 'Import-DlDataset people.csv -Encoding w' | Should -Be windows-1250, windows-1252
    }

    It 'offers no column where the data cannot be known, and runs nothing to find out' {
        $global:ran = $false
        function global:Get-Rows { $global:ran = $true; $rows }
        Get-DlCompletion 'Get-Rows | ConvertTo-DlDataset -Label ' | Should -Not -Contain Age
        Get-DlCompletion 'Import-DlDataset ./missing.csv -Label ' | Should -Not -Contain Age
        $global:ran | Should -BeFalse
    }
}
