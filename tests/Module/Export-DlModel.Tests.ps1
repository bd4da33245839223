BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $model = New-DlTrainedModel
    Push-Location $TestDrive
}

AfterAll { Pop-Location }

Describe 'Export-DlModel' {
    It 'writes a file and gives it' {
        $file = $model | Export-DlModel ./m.dlmodel
        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -Be (Join-Path $TestDrive m.dlmodel)
        $file.Length | Should -BeGreaterThan 100
        Get-ChildItem -Filter m.dlmodel* | Should -HaveCount 1
    }

    It 'writes nothing with -WhatIf' {
        $model | Export-DlModel ./whatif.dlmodel -WhatIf
        Test-Path whatif.dlmodel | Should -BeFalse
    }

    It 'replaces a file, unless told not to' {
        Set-Content old.dlmodel 'old'
        Assert-DlError { $model | Export-DlModel old.dlmodel -NoClobber } FileExists InvalidOperation old.dlmodel
        Get-Content old.dlmodel | Should -Be 'old'
        ($model | Export-DlModel old.dlmodel).Length | Should -BeGreaterThan 100
    }

    It 'replaces a read-only file only by force' {
        Set-Content ro.dlmodel 'old'
        Set-ItemProperty ro.dlmodel IsReadOnly $true
        Assert-DlError { $model | Export-DlModel ro.dlmodel } FileReadOnly InvalidOperation '-Force'
        Get-Content ro.dlmodel | Should -Be 'old'
        ($model | Export-DlModel ro.dlmodel -Force).Length | Should -BeGreaterThan 100
    }

    It 'does not write two models over each other' {
        Assert-DlError { $model, $model | Export-DlModel two.dlmodel } OneModelPerFile InvalidArgument two.dlmodel
        (Import-DlModel two.dlmodel).ParameterCount | Should -Be $model.ParameterCount
    }

    It 'refuses a missing folder and a model without parameters' {
        Assert-DlError { $model | Export-DlModel no/m.dlmodel } DirectoryNotFound ObjectNotFound no
        Assert-DlError { New-DlTestModel | Export-DlModel unbound.dlmodel } ModelNotBound InvalidOperation InputShape
        Test-Path unbound.dlmodel | Should -BeFalse
    }

    It 'works on a path with spaces and brackets' {
        $null = New-Item -ItemType Directory 'a [1] b'
        $file = $model | Export-DlModel 'a [1] b/m.dlmodel'
        (Import-DlModel -LiteralPath 'a [1] b/m.dlmodel').Name | Should -Be $model.Name
    }

    It 'writes 8-bit weights: a quarter of the file, and nearly the same accuracy' {
        $split = New-DlDataset Digits 800 -Seed 1 | Split-DlDataset -Test 0.3 -Seed 1
        $wide = New-DlLayer Flatten | New-DlLayer Dense 200 | New-DlLayer Dense 10 | New-DlModel -Seed 1
        $null = $wide | Invoke-DlTraining $split -Epochs 2 -Seed 1 -NoRecord
        $whole = ($wide | Export-DlModel wide.dlmodel).Length
        $small = $wide | Export-DlModel int8.dlmodel -Quantize Int8
        $small.Length | Should -BeLessThan (0.3 * $whole)
        $loaded = Import-DlModel $small
        ($loaded | Measure-DlModel $split).Accuracy |
            Should -BeGreaterThan (($wide | Measure-DlModel $split).Accuracy - 0.02)
        $loaded | Invoke-DlTraining $split -Epochs 1 -Seed 1 -NoRecord | Should -HaveCount 1
    }
}
