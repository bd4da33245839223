BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'ConvertTo-DlDataset' {
    It 'makes columns of any objects' {
        $data = Get-Process | ConvertTo-DlDataset -Property Id, WS, ProcessName -Label WS
        $data.Count | Should -BeGreaterThan 0
        $data.Columns.Name | Sort-Object | Should -Be Id, ProcessName, WS
        $data.Label.Kind | Should -Be Number
    }

    It 'makes columns of dictionaries and of rows with gaps' {
        $data = @{ a = 1; b = 'x' }, @{ a = 2 } | ConvertTo-DlDataset -Label b -Name gaps
        $data.Name | Should -Be gaps
        $data.Find('b').Missing | Should -Be 1
    }

    It 'takes properties by wildcard, and the label always' {
        $rows = [pscustomobject]@{ x1 = 1; x2 = 2; z = 3; y = 'a' }, [pscustomobject]@{ x1 = 1; x2 = 2; z = 3; y = 'b' }
        ($rows | ConvertTo-DlDataset y -Property x*).Columns.Name | Should -Be x1, x2, y
    }

    It 'takes numbers as classes where asked' {
        $rows = 0, 1, 0, 1 | ForEach-Object { [pscustomobject]@{ x = $_; y = $_ } }
        ($rows | ConvertTo-DlDataset y -LabelKind Class).Label.Kind | Should -Be Category
    }

    It 'leaves out what is no number or name, and says so' {
        $rows = [pscustomobject]@{ x = 1; when = Get-Date; what = [Exception]::new('no') }
        $output = $rows | ConvertTo-DlDataset -Verbose 4>&1
        ($output | Where-Object { $_ -is [DeepPS.Dataset] }).Columns.Name | Should -Be x
        "$output" | Should -BeLike "*'when'*'what'*"
    }

    It 'makes columns of arrays that have one shape, and gives them back' {
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ Curve = @(@($_, 2), @(3, 4.5)); Words = 'a', "w$_", $null; Ragged = 1..$_ } }
        $output = $rows | ConvertTo-DlDataset -Verbose 4>&1
        $data = $output | Where-Object { $_ -is [DeepPS.Dataset] }
        $data.Columns.Kind | Should -Be Tensor, Tokens
        $data.Columns.ForEach{ $_.Shape.ToString() } | Should -Be '2x2', '3'
        "$output" | Should -BeLike "*'Ragged'*different shapes*"
        $again = $data | ConvertFrom-DlDataset
        $again[2].Curve[1][1] | Should -Be 4.5
        $again[2].Words | Should -Be a, w3, $null
        ($again | ConvertTo-DlDataset).Columns.Describe() | Should -Be $data.Columns.Describe()
    }

    It 'takes arrays in lists, of wrapped objects too' {
        $list = [Collections.Generic.List[object]]::new()
        1..3 | Write-Output | ForEach-Object { $list.Add($_) }
        ([pscustomobject]@{ x = $list }, @{ x = [Collections.ArrayList](4, 5, 6) } | ConvertTo-DlDataset).Columns[0].Shape.ToString() | Should -Be 3
    }

    It 'takes a column of weights, which is no input' {
        $rows = 1..4 | ForEach-Object { [pscustomobject]@{ x = $_; y = 2 * $_; z = 1; w = "$($_ / 2)" } }
        $data = $rows | ConvertTo-DlDataset y -Property x -SampleWeight w
        $data.Columns.Name | Should -Be x, y, w
        $data.Weight.Values | Should -Be 0.5, 1, 1.5, 2
        "$(($data | Split-DlDataset -Test 0.25 -Seed 1).Plan)" | Should -BeLike '1 columns -> 1, label y*'
        ($data | Out-String) | Should -Match 'w\s+Weight'
        Assert-DlError { $rows | ConvertTo-DlDataset y -SampleWeight v } WeightNotFound ObjectNotFound v, x
        $rows[2].w = -1
        Assert-DlError { $rows | ConvertTo-DlDataset y -SampleWeight w } InvalidWeight InvalidData 'row 3 has -1'
    }

    It 'says why nothing is left' {
        Assert-DlError { @{ x = 1, 2 }, @{ x = 1, 2, 3 } | ConvertTo-DlDataset } NoColumns InvalidData 'different shapes, 2 and then 3'
    }

    It 'survives a property that cannot be read' {
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ x = $_ } | Add-Member ScriptProperty bad { throw 'no' } -PassThru }
        ($rows | ConvertTo-DlDataset).Count | Should -Be 3
    }

    It 'refuses a label that is no property' {
        Assert-DlError { [pscustomobject]@{ a = 1 } | ConvertTo-DlDataset -Label prise } LabelNotFound ObjectNotFound prise, a
    }

    It 'refuses nothing' { Assert-DlError { @() | ConvertTo-DlDataset } EmptyDataset InvalidData 'No objects' }
}
