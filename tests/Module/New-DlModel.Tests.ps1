BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlModel' {
    It 'makes a model of the layers in the pipeline' {
        $model = New-DlLayer Dense 64 -Activation ReLU | New-DlLayer Dropout 0.2 | New-DlLayer Dense 3 | New-DlModel
        $model | Should -BeOfType DeepPS.Model
        $model | Should -HaveCount 1
        $model.Layers.Count | Should -Be 3
        $model.InputShape | Should -BeNullOrEmpty
    }

    It 'makes the parameters where the input shape is given' {
        $model = New-DlLayer Flatten | New-DlLayer Dense 10 | New-DlModel -InputShape 1, 28, 28 -Name digits
        $model.ParameterCount | Should -Be 7850
        $model.Name | Should -Be digits
        "$($model.InputShape.ToString())" | Should -Be '1x28x28'
    }

    It 'takes layers by bare name' {
        (New-DlModel -Layer (New-DlLayer Dense 2), ReLU, Flatten).Layers.Count | Should -Be 3
    }

    It 'makes a published network with its settings' {
        $model = New-DlModel LeNet5 -Classes 5
        $model.Name | Should -Be LeNet5
        $model.Summary()[-1].OutputShape | Should -Be '5'
        (New-DlModel -Architecture LeNet5).ParameterCount | Should -Be 61706
    }

    It 'completes architectures and their settings' {
        Get-DlCompletion 'New-DlModel -Architecture LeN' | Should -Be LeNet5
        Get-DlCompletion 'New-DlModel LeNet5 -Cl' | Should -Be '-Classes'
    }

    It 'prints as a table of layers' {
        $text = New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel -InputShape 4 | Out-String
        $text | Should -BeLike '*dense1*Dense*16*80*16, Activation ReLU*'
        $text | Should -BeLike '*131 parameters*'
    }

    It 'says after which layer the shape cannot work' {
        Assert-DlError {
            New-DlLayer Conv2d 4 3 | New-DlLayer MaxPool2d 2 | New-DlLayer Conv2d 4 9 | New-DlModel -InputShape 1, 8, 8
        } LayerShape InvalidArgument conv2d2, '4x3x3 came', wants
    }

    It 'refuses an unknown architecture and a shape that is none' {
        Assert-DlError { New-DlModel LeNet6 -Classes 3 } UnknownArchitecture ObjectNotFound LeNet5
        Assert-DlError { New-DlLayer Dense 3 | New-DlModel -InputShape a, b } ParameterArgumentTransformationError InvalidData shape
    }
}
