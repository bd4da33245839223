BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlRegularizer' {
    It 'makes a regularizer whose penalty training makes small' {
        $sizes = foreach ($regularizer in $null, (New-DlRegularizer L2 1)) {
            $settings = if ($regularizer) { @{ WeightRegularizer = $regularizer } } else { @{} }
            $model = New-DlLayer Dense 16 -Activation ReLU @settings | New-DlLayer Dense 3 | New-DlModel -Seed 1
            $null = $model | Invoke-DlTraining (New-DlTestSplit) -Epochs 20 -LearningRate 0.01
            $weights = $model.Network.Parameters[0].Value.detach().data[float]().ToArray()
            ($weights | ForEach-Object { $_ * $_ } | Measure-Object -Sum).Sum
        }
        $sizes[1] | Should -BeLessThan ($sizes[0] / 4)
    }

    It 'offers the nearest names for an unknown one' {
        Assert-DlError { New-DlRegularizer L3 } UnknownRegularizer ObjectNotFound L1, L2
    }
}
