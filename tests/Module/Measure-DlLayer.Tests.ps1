BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Measure-DlLayer' {
    It 'describes the outputs of each layer, before and after training' {
        $model = New-DlTestModel
        $rows = $model | Measure-DlLayer (New-DlTestSplit)
        $rows.Name | Should -Be dense1, dense2
        $rows[0].Minimum | Should -Be 0
        $null = $model | Invoke-DlTraining (New-DlTestSplit) -Epochs 2
        ($model | Measure-DlLayer (New-DlTestSplit) -Count 10)[1].StandardDeviation |
            Should -Not -Be $rows[1].StandardDeviation
    }

    It 'prints as a table' {
        New-DlTestModel | Measure-DlLayer (New-DlTestSplit) | Out-String |
            Should -BeLike '*Name*Type*Output*Mean*dense1*'
    }
}
