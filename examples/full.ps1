<#
.SYNOPSIS
    Runs examples and lessons in their full form: the figures of examples/README.md.
.DESCRIPTION
    Runs each script of the table in examples/README.md, one after the other, and outputs an object for each: its name,
    its seconds and its output, which is also written as text to NAME.txt in -OutFolder. Pictures are written there too.
    A script that fails is an error, and the next one runs.
    Without -Mnist, generated digits take the place of MNIST, and mnist.ps1 is left out. With it, all of them take about
    half an hour on two cores.
.EXAMPLE
    ./examples/full.ps1 -Mnist ./mnist -OutFolder ./full | Format-Table Name, Seconds
.EXAMPLE
    ./examples/full.ps1 -Name 01-xor, 02-spirals | Select-Object -ExpandProperty Output
#>
param(
    # A folder with the files of MNIST. Default: generated digits.
    [string] $Mnist,

    # The CSV file of the penguins. Default: it is downloaded.
    [string] $Penguins,

    # Names of scripts without .ps1, with wildcards.
    [SupportsWildcards()]
    [string[]] $Name = '*',

    # The folder for outputs and pictures.
    [string] $OutFolder = './full'
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../DeepPS.psd1"
$out = New-Item $OutFolder -ItemType Directory -Force

$arguments = @{
    'quickstart'                 = @{ Csv = "$out/quickstart.csv" }
    'csv-classifier'             = @{ Csv = "$out/csv-classifier.csv" }
    'ticket-routing'             = @{ Csv = "$out/ticket-routing.csv" }
    'forecast'                   = @{ Csv = "$out/forecast.csv" }
    'report'                     = @{ OutFile = "$out/penguins.html" }
    '08-filters'                 = @{ OutFolder = $out }
    '09-overfitting'             = @{ Plot = "$out/overfitting.png" }
    '13-neuron'                  = @{ Picture = "$out/xor.png" }
    '15-activation-maximization' = @{ Sheet = "$out/maximized.png" }
    '16-ostrich'                 = @{ Sheet = "$out/ostrich.png" }
    '17-transfer'                = @{ Plot = "$out/transfer.png" }
    '18-variational-autoencoder' = @{ Path = "$out/variational" }
    '19-autograd'                = @{ Plot = "$out/tanh.png" }
    '20-gan'                     = @{ Path = "$out/gan" }
    '22-few-shots'               = @{ Path = "$out/few-shots.png" }
    '23-word-embeddings'         = @{ Path = "$out/words.png" }
    '24-translation'             = @{ Path = "$out/attention.png" }
    '25-compression'             = @{ Plot = "$out/compression.png" }
    '26-trees'                   = @{ Plot = "$out/trees" }
    '27-curvature'               = @{ Plot = "$out/curvature.png" }
}
# Further ones with the folder of MNIST.
$further = @{
    'mnist'                      = @{ Path = $Mnist; Csv = "$out/mnist.csv" }
    '08-filters'                 = @{ Path = $Mnist }
    '15-activation-maximization' = @{ Path = $Mnist }
    '16-ostrich'                 = @{ Path = $Mnist }
    '17-transfer'                = @{ Mnist = $Mnist; Few = 500 }
    '18-variational-autoencoder' = @{ Mnist = $Mnist; Epochs = 10 }
    '20-gan'                     = @{ Mnist = $Mnist; Conditional = $true }
    '22-few-shots'               = @{ Mnist = $Mnist }
    '25-compression'             = @{ Mnist = $Mnist }
}

$scripts = Get-ChildItem "$PSScriptRoot/lessons/*.ps1", "$PSScriptRoot/*.ps1" |
    Where-Object { $_.BaseName -ne 'full' } |
    Where-Object { $script = $_; $Name.Where{ $script.BaseName -like $_ } }
foreach ($script in $scripts) {
    $key = $script.BaseName
    $given = $arguments[$key] ? $arguments[$key].Clone() : @{}
    if ($Mnist -and $further[$key]) { $given += $further[$key] }
    if ($Penguins -and $key -eq 'report') { $given.Path = $Penguins }
    if (-not $Mnist -and $key -eq 'mnist') { continue }
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    try { $output = @(& $script @given) }
    catch {
        Write-Error "${key}: $_" -ErrorAction Continue
        continue
    }
    $output | Out-String -Width 160 | Set-Content "$out/$key.txt"
    [pscustomobject]@{ Name = $key; Seconds = [Math]::Round($watch.Elapsed.TotalSeconds); Output = $output }
}
