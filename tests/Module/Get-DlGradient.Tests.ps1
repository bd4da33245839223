BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Get-DlGradient' {
    It 'gives the derivatives of an expression' {
        $result = Get-DlGradient { param($x) $x * $x + 3 * $x - 1 } -At 1.5
        $result.Name | Should -Be x
        $result.At | Should -Be 1.5
        $result.Value | Should -Be 5.75
        $result.Gradient | Should -Be 6
        (Get-DlGradient { param($x) 1 / -$x } 2).Gradient | Should -Be 0.25
        (Get-DlGradient { param($x) $x.Exp().Log() + 2.5 } 3).Gradient | Should -Be 1
    }

    It 'takes one parameter as a vector, and several by their places' {
        $each = Get-DlGradient { param($x) $x.Sin() } -At 0, ([Math]::PI / 3)
        $each.Name | Should -Be 'x[0]', 'x[1]'
        $each[0].Gradient | Should -Be 1
        [Math]::Abs($each[1].Gradient - 0.5) | Should -BeLessThan 1e-12
        $form = Get-DlGradient { param($m, $v) $m.MatMul($v).Dot($v) } -At ((2, 1), (0, 3)), (1, -1)
        $form.Name | Should -Be 'm[0,0]', 'm[0,1]', 'm[1,0]', 'm[1,1]', 'v[0]', 'v[1]'
        $form.Gradient | Should -Be 1, -1, -1, 1, 3, -5
        (Get-DlGradient { param($x) ($x * (1, 10) - (1, 1)).Sum() } -At 2, 3).Gradient | Should -Be 1, 10
        $many = 1..3 | ForEach-Object { $_ / 2 }
        (Get-DlGradient { param($x) $x * $many } -At $many).Gradient | Should -Be $many
    }

    It 'takes points from the pipeline, and goes to a CSV file' {
        $rows = 1, 2, 3 | Get-DlGradient { param($x) $x.Pow(3) } -Order 2
        $rows.Gradient | Should -Be 3, 12, 27
        $rows.Second_x | Should -Be 6, 12, 18
        $rows | Export-Csv "$TestDrive/g.csv"
        (Import-Csv "$TestDrive/g.csv")[1].Second_x | Should -Be 12
    }

    It 'gives all second derivatives' {
        $hessian = Get-DlGradient { param($w, $b) ($w * 2 + $b - 1).Pow(2) } -At 0.5, -1 -Order 2
        $hessian[0].Second_w | Should -Be 8
        $hessian[0].Second_b | Should -Be 4
        $hessian[1].Second_w | Should -Be 4
        $hessian[1].Second_b | Should -Be 2
        $hessian.Gradient | Should -Be -4, -2
    }

    It 'gives zeros for a constant' {
        (Get-DlGradient { param($x) 5 } -At 1).Gradient | Should -Be 0
        (Get-DlGradient { param($x) 5 } -At 1).Value | Should -Be 5
        (Get-DlGradient { param($x, $y) $y } -At 1, 2 -Order 2)[0].Second_y | Should -Be 0
    }

    It 'refuses what cannot work' {
        Assert-DlError { Get-DlGradient { $x } 1 } NoParameters InvalidArgument 'param($x)'
        Assert-DlError { Get-DlGradient { param($x, $y) $x } 1 } PointSize InvalidArgument '2 parameters', '1 value'
        Assert-DlError { Get-DlGradient { param($x) } 1 } NoExpression InvalidArgument '0 values'
        Assert-DlError { Get-DlGradient { param($x) $x; $x } 1 } NoExpression InvalidArgument '2 values'
        Assert-DlError { Get-DlGradient { param($x) 'text' } 1 } NoExpression InvalidArgument 'String'
        Assert-DlError { Get-DlGradient { param($x) $x } text } NotATensor InvalidArgument "'text'"
        Assert-DlError { Get-DlGradient { param($x) $x + 'text' } 1 } NotATensor InvalidArgument "'text'"
        Assert-DlError { Get-DlGradient { param($x, $y) $x * $y } (1, 2), (1, 2, 3) } TensorShapes InvalidArgument `
            'shape 2', 'shape 3'
        Assert-DlError { Get-DlGradient { param($x) $global:kept = $x; throw 'of the script' } 1 } 'of the script' `
            OperationStopped 'of the script'
        try { { $kept.Exp() } | Should -Throw '*has ended*' }
        finally { Remove-Variable kept -Scope Global }
    }
}
