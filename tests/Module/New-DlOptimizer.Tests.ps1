BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlOptimizer' {
    It 'makes an optimizer with settings, switches among them' {
        $optimizer = New-DlOptimizer SGD 0.1 -Momentum 0.9 -Nesterov
        $optimizer | Should -BeOfType DeepPS.Optimizer
        $optimizer.LearningRate | Should -Be 0.1
        $optimizer.Momentum | Should -Be 0.9
        $optimizer.Nesterov | Should -BeTrue
    }

    It 'completes names' { Get-DlCompletion 'New-DlOptimizer Ad' | Should -Be Adam, AdamW }

    It 'offers the nearest names for an unknown one' {
        Assert-DlError { New-DlOptimizer Adm 0.1 -Foo 3 } UnknownOptimizer ObjectNotFound Adam
    }

    It 'refuses a learning rate below 0' {
        Assert-DlError { New-DlOptimizer Adam -1 } ParameterArgumentTransformationError InvalidData LearningRate, "'-1' came"
    }
}
