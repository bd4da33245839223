<#
.SYNOPSIS
    Shows that a linear autoencoder finds the principal components.
.DESCRIPTION
    Six numbers, which depend on two hidden ones and noise, pass through a bottleneck of two units. With linear layers
    the lowest possible error is that of the first two principal components: the sum of the other eigenvalues of the
    covariance matrix, computed here by Jacobi rotations. Bourlard and Kamp (1988); Baldi and Hornik (1989).
.EXAMPLE
    ./examples/lessons/05-autoencoder-pca.ps1
#>
param([int] $Count = 400, [int] $Seed = 1)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$random = [Random]::new($Seed)
$mixing = foreach ($i in 1..6) { , @(($random.NextDouble() * 2 - 1), ($random.NextDouble() * 2 - 1)) }
$rows = foreach ($i in 1..$Count) {
    $hidden = ($random.NextDouble() * 4 - 2), ($random.NextDouble() * 2 - 1)
    [pscustomobject]@{
        X = [float[]]@($mixing |
            ForEach-Object { $_[0] * $hidden[0] + $_[1] * $hidden[1] + 0.4 * ($random.NextDouble() - 0.5) })
    }
}

# The covariance matrix, and its eigenvalues by Jacobi's rotations.
$mean = 0..5 | ForEach-Object { $j = $_; ($rows | ForEach-Object { $_.X[$j] } | Measure-Object -Average).Average }
$c = [double[, ]]::new(6, 6)
foreach ($row in $rows) {
    foreach ($i in 0..5) {
        foreach ($j in 0..5) { $c[$i, $j] += ($row.X[$i] - $mean[$i]) * ($row.X[$j] - $mean[$j]) / $Count }
    }
}
foreach ($sweep in 1..12) {
    foreach ($p in 0..4) {
        foreach ($q in ($p + 1)..5) {
            if ([Math]::Abs($c[$p, $q]) -lt 1e-14) { continue }
            $angle = [Math]::Atan2(2 * $c[$p, $q], $c[$q, $q] - $c[$p, $p]) / 2
            $cos, $sin = [Math]::Cos($angle), [Math]::Sin($angle)
            foreach ($k in 0..5) {
                $a, $b = $c[$k, $p], $c[$k, $q]
                $c[$k, $p], $c[$k, $q] = ($cos * $a - $sin * $b), ($sin * $a + $cos * $b)
            }
            foreach ($k in 0..5) {
                $a, $b = $c[$p, $k], $c[$q, $k]
                $c[$p, $k], $c[$q, $k] = ($cos * $a - $sin * $b), ($sin * $a + $cos * $b)
            }
        }
    }
}
$eigenvalues = 0..5 | ForEach-Object { $c[$_, $_] } | Sort-Object -Descending

$data = $rows | ConvertTo-DlDataset
$model = New-DlLayer Dense 2 | New-DlLayer Dense 6 | New-DlModel -Name linear -Seed $Seed
$options = @{ Epochs = 300; BatchSize = 50; Optimizer = New-DlOptimizer Adam 0.02; Schedule = 'Cosine'; Seed = $Seed }
$trained = $model | Invoke-DlTraining -Data $data -Reconstruct @options

[pscustomobject]@{
    Components  = 2
    PcaError    = ($eigenvalues | Select-Object -Skip 2 | Measure-Object -Sum).Sum / 6
    Autoencoder = ($model | Measure-DlModel -Data $data).Loss
    Epochs      = $trained.Count
}
