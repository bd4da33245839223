<#
.SYNOPSIS
    Gradients of expressions: exact, where difference quotients are not, and enough to minimise a function.
.DESCRIPTION
    Reverse-mode automatic differentiation applies the chain rule to the operations of a program: the gradient costs
    about as much as the expression itself, however many variables there are, and is exact to rounding (Baydin and
    others, "Automatic differentiation in machine learning: a survey", 2018). A difference quotient is wrong by
    truncation for large steps and by rounding for small ones. At the end Newton's method minimises Rosenbrock's
    function (1 - x)^2 + 100 (y - x^2)^2 by its gradient and its second derivatives.
.PARAMETER Plot
    A PNG or SVG file of tanh, its derivative and its second derivative. Default: none.
.EXAMPLE
    ./examples/lessons/19-autograd.ps1 -Plot ./tanh.svg
#>
param([string] $Plot)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

# A derivative known in closed form: sin(x) e^x has (sin(x) + cos(x)) e^x.
$at = 0.8
$exact = ([Math]::Sin($at) + [Math]::Cos($at)) * [Math]::Exp($at)
$autograd = (Get-DlGradient { param($x) $x.Sin() * $x.Exp() } -At $at).Gradient
$errors = foreach ($step in 1e-1, 1e-4, 1e-8, 1e-13) {
    $value = { param($x) [Math]::Sin($x) * [Math]::Exp($x) }
    $quotient = ((& $value ($at + $step)) - (& $value $at)) / $step
    [pscustomobject]@{ Step = $step; Error = [Math]::Abs($quotient - $exact) }
}

# A curve of derivatives.
if ($Plot) {
    -30..30 | ForEach-Object { $_ / 10 } | Get-DlGradient { param($x) $x.Tanh() } -Order 2 |
        Select-Object At, Value, Gradient, Second_x | Show-DlPlot $Plot -Kind Lines | Out-Null
}

# Newton's method: the step solves Hessian * step = -gradient.
$x, $y = -1.2, 1.0
foreach ($iteration in 0..9) {
    $g = Get-DlGradient { param($x, $y) (1 - $x).Pow(2) + 100 * ($y - $x * $x).Pow(2) } -At $x, $y -Order 2
    if ([Math]::Abs($g[0].Gradient) + [Math]::Abs($g[1].Gradient) -lt 1e-9) { break }
    $determinant = $g[0].Second_x * $g[1].Second_y - $g[0].Second_y * $g[1].Second_x
    $x -= ($g[1].Second_y * $g[0].Gradient - $g[0].Second_y * $g[1].Gradient) / $determinant
    $y -= ($g[0].Second_x * $g[1].Gradient - $g[1].Second_x * $g[0].Gradient) / $determinant
}

[pscustomobject]@{
    AutogradError    = [Math]::Abs($autograd - $exact)
    QuotientErrors   = $errors
    NewtonIterations = $iteration
    X                = $x
    Y                = $y
}
