BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $block = New-DlLayer Dense 8 -Activation ReLU | New-DlLayer Dense 8
    $model = New-DlLayer Dense 8 | New-DlLayer Residual $block | New-DlLayer Dense 3 |
        New-DlModel -InputShape 4 -Name net -Seed 1
}

Describe 'Show-DlModel' {
    It 'emits a diagram, with layers within layers as deep as -Depth' {
        $diagram = $model | Show-DlModel
        $diagram | Should -BeOfType DeepPS.Plots.Diagram
        $diagram.Boxes.Name | Should -Be input, dense1, residual1, dense2
        $diagram.Boxes[1].Details | Should -Contain '8 · 40 parameters'
        ($model | Show-DlModel -Depth 1).Boxes.Name | Should -Contain residual1.body.dense2
        $diagram.Title | Should -Be 'net: 211 parameters, 4 layers with weights'
    }

    It 'writes pictures' {
        $file = $model | Show-DlModel "$TestDrive/net.svg" -Depth 1 -Theme Dark -Title Mine
        ([xml](Get-Content $file -Raw)).GetElementsByTagName('text').'#text' | Should -Contain residual1.body.dense1
        ([xml](Get-Content $file -Raw)).svg.title | Should -Be Mine
        $png = $model | Show-DlModel "$TestDrive/net.png"
        [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes($png), 1, 3) | Should -Be PNG
    }

    It 'reads a model from a file, and shows it in the terminal' {
        $null = $model | Export-DlModel "$TestDrive/net.dlmodel"
        Show-DlModel -Model "$TestDrive/net.dlmodel" | Out-String | Should -BeLike '*residual1*Residual*8*144 param*'
    }

    It 'draws the operations of a small model' {
        $graph = New-DlLayer Dense 1 -Activation Sigmoid | New-DlModel -InputShape 2 | Show-DlModel -Operations
        $graph.Boxes.Name | Should -Be input, dense1.weight, '×', dense1.bias, '+', Sigmoid
    }

    It 'counts the layers of published networks' {
        (New-DlModel ResNet18).Depth | Should -Be 18
        (New-DlModel VGG16 -InputShape 3, 32, 32).Depth | Should -Be 16
        (New-DlLayer Dense 2 | New-DlModel).Depth | Should -BeNullOrEmpty
    }

    It 'writes nothing with -WhatIf' {
        $model | Show-DlModel "$TestDrive/whatif.png" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/whatif.png" | Should -Not -Exist
    }

    It 'refuses what it cannot draw' {
        Assert-DlError { New-DlTestModel | Show-DlModel } NoInputShape InvalidOperation '-InputShape'
        Assert-DlError { New-DlModel ResNet50 | Show-DlModel -Operations } TooManyOperations InvalidArgument ResNet50
        Assert-DlError { 42 | Show-DlModel } NotAModel InvalidArgument Int32
        Assert-DlError { $model | Show-DlModel "$TestDrive/a.pdf" } UnknownPlotFormat InvalidArgument '.png'
    }
}
