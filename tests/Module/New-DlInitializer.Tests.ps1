BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlInitializer' {
    It 'makes an initializer with settings that layers take' {
        $initializer = New-DlInitializer Constant 0.25
        $initializer | Should -BeOfType DeepPS.Layers.Initializer
        $model = New-DlLayer Dense 3 -WeightInitializer $initializer -BiasInitializer Zeros | New-DlModel -InputShape 2
        $values = $model.Network.Parameters | ForEach-Object { $_.Value.detach().data[float]().ToArray() }
        $values | Should -Be 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0, 0, 0
    }

    It 'completes names' { Get-DlCompletion 'New-DlInitializer Glorot' | Should -Be GlorotNormal, GlorotUniform }

    It 'refuses settings that cannot work' {
        Assert-DlError { New-DlInitializer Uniform 2 1 } InvalidSetting InvalidArgument High
    }
}
