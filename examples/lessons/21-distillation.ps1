<#
.SYNOPSIS
    Trains small networks with and without a teacher, and compares them.
.DESCRIPTION
    A convolutional network learns from all digits. Small networks, each with another seed, learn from a few of them:
    once from the labels alone, once also from the probabilities that the large network gives to all classes at
    temperature 4 (Hinton, Vinyals and Dean 2015). Without -Mnist the digits are generated ones.
.EXAMPLE
    ./examples/lessons/21-distillation.ps1 -Mnist ./mnist -Few 1000
#>
param(
    # A folder with the files of MNIST. Default: generated digits.
    [string] $Mnist,

    # Number of digits that the small networks learn from.
    [int] $Few = 500,

    # Number of small networks.
    [int] $Seeds = 5,

    # Number of passes of the small networks over their digits.
    [int] $Epochs = 120
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$train, $test = $Mnist ?
    ('Train', 'Test' | ForEach-Object { Import-DlDataset $Mnist -Part $_ }) :
    ((New-DlDataset Digits 4000 -Seed 1), (New-DlDataset Digits 1000 -Seed 2))
$part = ($train | Split-DlDataset -Test (1 - $Few / $train.Count) -Seed 1).Train

$teacher = New-DlModel LeNet5 -Seed 1
$teacher | Invoke-DlTraining -Data $train -Epochs ($Mnist ? 3 : 6) -Seed 1 -NoRecord | Out-Null

$accuracies = foreach ($seed in 1..$Seeds) {
    $options = @{ Data = $part; Epochs = $Epochs; Seed = $seed; NoRecord = $true }
    $alone, $taught = foreach ($i in 1, 2) {
        New-DlLayer Flatten | New-DlLayer Dense 24 -Activation ReLU | New-DlLayer Dense 10 | New-DlModel -Seed $seed
    }
    $alone | Invoke-DlTraining @options | Out-Null
    $taught | Invoke-DlTraining @options -Teacher $teacher -Temperature 4 -TeacherWeight 0.9 | Out-Null
    [pscustomobject]@{
        Alone  = ($alone | Measure-DlModel -Data $test).Accuracy
        Taught = ($taught | Measure-DlModel -Data $test).Accuracy
    }
}

[pscustomobject]@{
    Teacher = ($teacher | Measure-DlModel -Data $test).Accuracy
    Alone   = ($accuracies | Measure-Object Alone -Average).Average
    Taught  = ($accuracies | Measure-Object Taught -Average).Average
    Seeds   = $Seeds
    Gains   = @($accuracies | Where-Object { $_.Taught -gt $_.Alone }).Count
}
