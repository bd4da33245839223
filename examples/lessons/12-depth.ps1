<#
.SYNOPSIS
    Lists published networks with their depth and size, from LeNet5 to ResNet1202.
.DESCRIPTION
    The depth of a model counts the layers with a weight on the longest path: the number in the names of the networks.
    Shortcuts made a thousand layers trainable; depth and the number of parameters are different things: the 1202 layers
    of He's network for CIFAR-10 have a seventh of VGG16's parameters. He, Zhang, Ren and Sun, "Deep residual learning
    for image recognition" (2016).
.EXAMPLE
    ./examples/lessons/12-depth.ps1 | Format-Table
#>
param(
    [string[]] $Name = @('LeNet5', 'AlexNet', 'VGG11', 'VGG16', 'VGG19', 'GoogLeNet', 'ResNet18', 'ResNet34',
        'ResNet50', 'ResNet101', 'ResNet152', 'DenseNet121', 'ResNet20', 'ResNet110', 'ResNet1202')
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

foreach ($network in $Name) {
    $model = New-DlModel $network
    [pscustomobject]@{
        Network    = $network
        Depth      = $model.Depth
        Parameters = $model.ParameterCount
        Input      = $model.InputShape.ToString()
    }
    $model.Dispose()
}
