BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlAttack' {
    It 'makes an attack with settings' {
        $attack = New-DlAttack Pgd 0.3 -Steps 7
        $attack.Epsilon | Should -Be 0.3
        $attack.Steps | Should -Be 7
        $attack.StepSize | Should -BeNullOrEmpty
        (New-DlAttack fgsm).Epsilon | Should -Be 0.1
        (Get-DlCatalog Attack).Name | Should -Be Fgsm, Pgd
    }

    It 'says what is wrong' {
        Assert-DlError { New-DlAttack Fgms } UnknownAttack ObjectNotFound Fgsm
        Assert-DlError { New-DlAttack Pgd -Epsilon -1 } ParameterArgumentTransformationError InvalidData Epsilon
    }
}
