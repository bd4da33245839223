<#
.SYNOPSIS
    Trains vectors of words with DeepPS and with word2vec's C program, in turn on the same text.
.DESCRIPTION
    Both learn skip-grams with the same settings: 100 numbers a word, a window of 5, 5 negative samples, words from 5
    occurrences on, subsampling of 1e-3. Words a second are the words of the text times the passes, by the time of the
    whole: reading, counting, learning, writing the vectors. The ratio is the peer's words a second to those of DeepPS:
    below 1, DeepPS is faster.

    The peer is built from https://github.com/tmikolov/word2vec:
    gcc word2vec.c -o word2vec -lm -pthread -O3 -march=native -funroll-loops
.EXAMPLE
    ./bench/words.ps1 -Text ../shared/data/text/republic.txt -Peer ./word2vec
#>
param(
    [Parameter(Mandatory)] [string] $Text,
    [Parameter(Mandatory)] [string] $Peer,
    [int] $Epochs = 5,
    [int] $Repeat = 3,
    [int[]] $Threads = @(1, 2)
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../DeepPS.psd1"
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "deepps-words-$PID"
$null = New-Item -ItemType Directory $folder

# The same words for both: the peer splits at blanks alone.
$paragraphs = (Get-Content $Text -Raw).ReplaceLineEndings("`n").ToLowerInvariant() -split "`n`n" |
    ForEach-Object { ($_ -split '[^\p{L}\p{Nd}\p{M}]+' -ne '') -join ' ' } | Where-Object { $_ }
Set-Content (Join-Path $folder text.txt) ($paragraphs -join "`n`n")
$words = ($paragraphs | ForEach-Object { ($_ -split ' ').Count } | Measure-Object -Sum).Sum

function Measure-Peer([int] $Count) {
    $arguments = "-train text.txt -output peer.vec -cbow 0 -size 100 -window 5 -negative 5 -hs 0 -sample 1e-3 " +
        "-min-count 5 -threads $Count -iter $Epochs -debug 0"
    Push-Location $folder
    try { (Measure-Command { & $Peer ($arguments -split ' ') }).TotalSeconds }
    finally { Pop-Location }
}
function Measure-Own([int] $Count) {
    (Measure-Command {
        $data = ConvertTo-DlSkipGram (Join-Path $folder text.txt)
        $rule = New-DlOptimizer WordSGD -Hogwild:($Count -gt 1)
        $options = @{ Data = $data; Epochs = $Epochs; BatchSize = 8192; Threads = $Count; NoRecord = $true }
        $model = New-DlModel SkipGram 100 | Invoke-DlTraining @options -Optimizer $rule -Schedule Polynomial -PassThru
        $null = $model | Export-DlModel (Join-Path $folder own.vec)
    }).TotalSeconds
}

try {
    $Peer = (Resolve-Path $Peer).Path
    foreach ($count in $Threads) {
        $null = Measure-Own $count
        $times = foreach ($i in 1..$Repeat) {
            [pscustomobject]@{ Own = Measure-Own $count; Peer = Measure-Peer $count }
        }
        $own, $other = 'Own', 'Peer' | ForEach-Object { ($times.$_ | Sort-Object)[[int][Math]::Floor($Repeat / 2)] }
        [pscustomobject]@{
            Threads = $count
            DeepPS  = [long] ($words * $Epochs / $own)
            Peer    = [long] ($words * $Epochs / $other)
            Ratio   = [Math]::Round($own / $other, 2)
        }
    }
}
finally { Remove-Item -Recurse $folder }
