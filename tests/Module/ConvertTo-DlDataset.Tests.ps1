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

    It 'survives a property that cannot be read' {
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ x = $_ } | Add-Member ScriptProperty bad { throw 'no' } -PassThru }
        ($rows | ConvertTo-DlDataset).Count | Should -Be 3
    }

    It 'refuses a label that is no property' {
        Assert-DlError { [pscustomobject]@{ a = 1 } | ConvertTo-DlDataset -Label prise } LabelNotFound ObjectNotFound prise, a
    }

    It 'refuses nothing' { Assert-DlError { @() | ConvertTo-DlDataset } EmptyDataset InvalidData 'No objects' }
}
