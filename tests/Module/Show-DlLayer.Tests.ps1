BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $digits = New-DlDataset Digits 60 -Seed 1
    $model = New-DlLayer Conv2d 4 -KernelSize 3 -Activation ReLU | New-DlLayer Flatten | New-DlLayer Dense 10 |
        New-DlModel -Name net -Seed 1
    $null = $model | Invoke-DlTraining -Data $digits -Epochs 1 -NoRecord
}

Describe 'Show-DlLayer' {
    It 'shows the filters of a layer' {
        $sheet = $model | Show-DlLayer
        $sheet | Should -BeOfType DeepPS.Plots.Sheet
        $sheet.Rows[0] | Should -HaveCount 4
        $sheet.Rows[0][0].Values | Should -HaveCount 9
        $sheet.Title | Should -Be 'net: weights of conv2d1, 4x1x3x3'
        ($model | Show-DlLayer -Layer dense1).Rows[0][0].Width | Should -Be 512
        $sheet | Out-String | Should -BeLike '*net: weights of conv2d1*░*'
    }

    It 'shows activation maps of samples' {
        $sheet = $model | Show-DlLayer -Data $digits -Count 3
        $sheet.Rows | Should -HaveCount 3
        $sheet.Rows[0] | Should -HaveCount 5
        $sheet.Rows[0][0].Label | Should -Be "$($digits.Label[0])"
        $sheet.Rows[0][1].Width | Should -Be 26
    }

    It 'shows histograms of <Kind> by layer' -ForEach @(
        @{ Kind = 'Weight'; Layers = 'conv2d1.weight', 'dense1.weight' }
        @{ Kind = 'Gradient'; Layers = 'conv2d1.weight', 'dense1.weight' }
        @{ Kind = 'Activation'; Layers = 'conv2d1', 'flatten1', 'dense1' }
    ) {
        $figure = $model | Show-DlLayer -Kind $Kind -Data $digits
        $figure.Panels.ForEach{ ($_.Title -split ':')[0] } | Should -Be $Layers
        ($figure.Panels[0].Series[0].Counts | Measure-Object -Sum).Sum | Should -BeGreaterThan 35
    }

    It 'writes pictures' {
        $png = $model | Show-DlLayer "$TestDrive/filters.png"
        [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes($png), 1, 3) | Should -Be PNG
        $svg = $model | Show-DlLayer "$TestDrive/maps.svg" -Data $digits -Theme Dark
        ([xml](Get-Content $svg -Raw)).GetElementsByTagName('image').Count | Should -Be 40
        $model | Show-DlLayer "$TestDrive/whatif.png" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/whatif.png" | Should -Not -Exist
    }

    It 'refuses what it cannot show' {
        Assert-DlError { $model | Show-DlLayer -Kind Map } DataNeeded InvalidArgument '-Data'
        Assert-DlError { $model | Show-DlLayer -Layer conv9 } LayerNotFound ObjectNotFound 'conv2d1'
        Assert-DlError { $model | Show-DlLayer -Layer conv9 -Data $digits } LayerNotFound ObjectNotFound 'conv2d1'
        Assert-DlError { New-DlTestModel | Show-DlLayer } NoInputShape InvalidOperation '-InputShape'
        Assert-DlError {
            New-DlLayer Dense 2 | New-DlModel -InputShape 2 | Show-DlLayer -Kind Gradient -Data $digits
        } ModelNotTrained InvalidOperation Invoke-DlTraining
    }
}
