BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $rows = 1..60 | ForEach-Object {
        [pscustomobject]@{
            Size = $_ % 7; Paid = if ($_ % 3) { 'yes' } else { 'no' }; Key = "K${_}X"; Nothing = $null
            City = @('Bern', 'Graz', 'Graz', $null)[$_ % 4]; Price = 3.5 * $_
        }
    }
    $data = $rows | ConvertTo-DlDataset -Label Price -Column @{ Size = @{ Scaling = 'MinMax' } }
}

Describe 'Get-DlDatasetColumn' {
    It 'describes values, encoding and reason of each column' {
        $columns = $data | Get-DlDatasetColumn
        $columns.Name | Should -Be Size, Paid, Key, Nothing, City, Price
        $columns.Role | Should -Be Input, Input, LeftOut, LeftOut, Input, Label
        $size, $paid, $key, $nothing, $city, $price = $columns
        $size.Encoder | Should -Be 'from 0 to 1 (0 to 6)'
        $size.Count, $size.Missing, $size.Distinct, $size.Minimum, $size.Maximum | Should -Be 60, 0, 7, 0, 6
        $size.Histogram.Length | Should -Be 7
        $paid.Encoder | Should -Be '1 for yes, 0 for no'
        $key.Reason | Should -BeLike 'an identifier: 60 different values*'
        $nothing.Reason | Should -Be 'it has no values'
        $city.Missing, $city.Distinct, $city.MostCommon | Should -Be 15, 2, Graz
        $city.Levels | Should -Be Graz, Bern
        $price.Mean | Should -Be 106.75
    }

    It 'shows the plan of the training part, and that of a model' {
        $split = $data | Split-DlDataset -Test 0.5 -Seed 1
        $columns = $split | Get-DlDatasetColumn Size, P*
        $columns.Name | Should -Be Size, Paid, Price
        $columns[0].Count | Should -Be 30
        $model = New-DlLayer Dense 1 | New-DlModel | Invoke-DlTraining $split -Epochs 1 -PassThru
        $kept = $model | Get-DlDatasetColumn Price
        $kept.Encoder | Should -Be $columns[2].Encoder
        $kept.Count | Should -BeNullOrEmpty
    }

    It 'prints as a table' {
        $data | Get-DlDatasetColumn | Out-String -Width 200 |
            Should -BeLike '*Name*Kind*Role*Missing*Distinct*Values*Histogram*Becomes*Size*Number*Input*0 to 6*'
    }

    It 'refuses input without columns' {
        Assert-DlError { 5 | Get-DlDatasetColumn } NotADataset InvalidArgument Int32
        Assert-DlError { New-DlTestModel | Get-DlDatasetColumn } ModelNotTrained InvalidOperation
        Assert-DlError {
            @{ a = 1 } | ConvertTo-DlDataset -Column @{ a = @{ Scaling = 'Logg' } }
        } ParameterArgumentTransformationError InvalidData 'Did you mean Log'
        Assert-DlError {
            @{ a = 1 } | ConvertTo-DlDataset -Column @{ a = @{ Scalng = 'Log' } }
        } ParameterArgumentTransformationError InvalidData 'Did you mean Scaling'
        Assert-DlError {
            @{ a = 1 } | ConvertTo-DlDataset -Column @{ b = 'Number' }
        } ColumnNotFound ObjectNotFound "'b'"
    }
}
