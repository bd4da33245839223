<#
.SYNOPSIS
    Learns vectors of words from text alone, and calculates with them: king - man + woman.
.DESCRIPTION
    Skip-gram with negative sampling (Mikolov 2013): the vector of a word learns to predict the words around it, so
    those of words that occur in the same places get similar. The text is generated: sentences about countries and their
    capitals, about men and women of a profession, and about one or several animals. The relations are in nothing but
    the words around. Each pair of pairs is then a question: paris - france + spain? The answer counts as found if it is
    the nearest word. With -Text, the words of a book are learned together with the generated ones:
    23-word-embeddings.ps1 -Text ./republic.txt -Path ./words.png
.EXAMPLE
    ./examples/lessons/23-word-embeddings.ps1 -Path ./words.png
#>
param(
    # A text file to learn from too. Default: none.
    [string] $Text,

    # The number of generated sentences.
    [int] $Sentences = 24000,

    [int] $Epochs = 20,

    # A file for a picture of the vectors of countries and capitals, PNG or SVG. Default: no picture.
    [string] $Path,

    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$relations = [ordered]@{
    Capital = 'france paris', 'spain madrid', 'italy rome', 'germany berlin', 'poland warsaw', 'greece athens'
    Female  = 'king queen', 'actor actress', 'waiter waitress', 'prince princess', 'emperor empress', 'host hostess'
    Plural  = 'cat cats', 'horse horses', 'dog dogs', 'bird birds', 'goat goats', 'duck ducks'
}
# Around a word are words of its side of the relation ({0}) and words of its pair alone ({1}).
$places = @{
    Capital = @('the nation of {0} has {1} and borders', 'citizens of {0} land love {1} laws'),
        @('the city of {0} has {1} and streets', 'mayors of {0} town love {1} squares')
    Female  = @('he is the {0} with {1} and his beard', 'that man the {0} likes {1} himself'),
        @('she is the {0} with {1} and her dress', 'that woman the {0} likes {1} herself')
    Plural  = @('one {0} eats {1} in its place', 'a single {0} was near {1} alone'),
        @('many {0} eat {1} in their places', 'several {0} were near {1} together')
}
$random = [Random]::new($Seed)
$lines = foreach ($i in 1..$Sentences) {
    $relation = @($relations.Keys)[$random.Next(3)]
    $pair = $random.Next(6)
    $side = $random.Next(2)
    $word = ($relations[$relation][$pair] -split ' ')[$side]
    $own = "$($relation.ToLower())$pair" + 'abc'[$random.Next(3)]
    $places[$relation][$side][$random.Next(2)] -f $word, $own
}
$sources = @($lines) + @(if ($Text) { Get-Content $Text -Raw })
$data = $sources | ConvertTo-DlSkipGram -Window 5 -MinimumCount 5 -Subsample 1e-2 -Seed $Seed

$model = New-DlModel SkipGram 50 -Seed $Seed
$options = @{ Optimizer = 'WordSGD'; LearningRate = 0.05; Schedule = 'Polynomial'; BatchSize = 4096; Seed = $Seed }
$last = $model | Invoke-DlTraining -Data $data -Epochs $Epochs -NoRecord @options | Select-Object -Last 1

if ($Path) {
    $words = $relations.Capital.ForEach{ $_ -split ' ' }
    $null = $model | Show-DlEmbedding $Path -Words -Include $words
}

foreach ($relation in $relations.Keys) {
    $pairs = $relations[$relation].ForEach{ , ($_ -split ' ') }
    $found = 0
    foreach ($known in $pairs) {
        foreach ($asked in $pairs | Where-Object { $_[0] -ne $known[0] }) {
            $answer = Find-DlNeighbor $model -Positive $known[1], $asked[0] -Negative $known[0] -Count 1
            if ($answer.Word -eq $asked[1]) { $found++ }
        }
    }

    [pscustomobject]@{
        Relation       = $relation
        Questions      = 30
        Found          = $found
        Loss           = $last.Loss
        WordsPerSecond = [int] $last.SamplesPerSecond
    }
}
