<#
.SYNOPSIS
    Translates sentences of a small English grammar into French, and shows what the network looks at.
.DESCRIPTION
    The grammar has what makes a translation more than a list of words: articles and adjectives agree with the gender of
    the noun (le chat noir, la voiture noire), some adjectives come after it, le becomes l' before a vowel, and a
    negation is in two parts (ne ... pas). The network sees each sentence as words, and produces the French one word by
    word. It is tested on sentences that it has never seen.

    -Architecture LstmSeq2Seq takes recurrent layers with attention (Bahdanau 2015; Luong 2015) in place of the
    Transformer (Vaswani 2017).
.EXAMPLE
    ./examples/lessons/24-translation.ps1 -Path attention.png
#>
param(
    # Number of sentences to learn from, and of passes over them.
    [int] $Count = 4000, [int] $Epochs = 15,

    # The network: Transformer or LstmSeq2Seq.
    [string] $Architecture = 'Transformer',

    # A file for a picture of the attention. Default: no picture.
    [string] $Path,

    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

# English = French, masculine or feminine; adjectives: French masculine/feminine, before or after the noun.
$nouns = @{
    cat = 'chat', 0; dog = 'chien', 0; bird = 'oiseau', 0; boy = 'garçon', 0; king = 'roi', 0; tree = 'arbre', 0
    car = 'voiture', 1; woman = 'femme', 1; girl = 'fille', 1; queen = 'reine', 1; house = 'maison', 1
    school = 'école', 1
}
$before = @{ small = 'petit', 'petite'; big = 'grand', 'grande'; young = 'jeune', 'jeune'; good = 'bon', 'bonne' }
$after = @{ black = 'noir', 'noire'; white = 'blanc', 'blanche'; green = 'vert', 'verte'; red = 'rouge', 'rouge' }
$articles = @{ the = 'le', 'la'; this = 'ce', 'cette'; a = 'un', 'une' }
$verbs = @{ see = 'voit'; like = 'aime'; find = 'trouve'; hear = 'entend'; want = 'veut' }
$alone = @{ sleep = 'dort'; fall = 'tombe'; arrive = 'arrive'; sing = 'chante' }

$random = [Random]::new($Seed)
function Select-One($Words) { @($Words | Sort-Object)[$random.Next($Words.Count)] }
function Join-Vowel([string] $Word, [string] $Next) {
    # le + oiseau = l'oiseau, ce + arbre = cet arbre, ne + aime = n'aime
    if ($Next -notmatch '^[aeiouéh]') { return "$Word $Next" }
    switch ($Word) { ce { "cet $Next" } { $_ -in 'le', 'la', 'ne' } { "$($Word[0])'$Next" } default { "$Word $Next" } }
}
function New-Noun([string[]] $From) {
    $article, $noun = (Select-One $From), (Select-One $nouns.Keys)
    $french, $gender = $nouns[$noun]
    $english = $noun
    if ($random.Next(2)) {
        $word = Select-One $after.Keys
        $english, $french = "$word $english", "$french $($after[$word][$gender])"
    }
    if ($random.Next(2)) {
        $word = Select-One $before.Keys
        $english, $french = "$word $english", "$($before[$word][$gender]) $french"
    }
    "$article $english", (Join-Vowel $articles[$article][$gender] $french)
}
function New-Sentence {
    $english, $french = New-Noun $articles.Keys
    $isNot = $random.Next(2)
    $verb = Select-One ($random.Next(4) ? $verbs : $alone).Keys
    $said = $verbs[$verb] ?? $alone[$verb]
    $english += $isNot ? " does not $verb" : " $($verb)s"
    $french += $isNot ? " $(Join-Vowel ne $said) pas" : " $said"
    if ($verbs[$verb]) {
        # After a negation French has no article un or une.
        $object = New-Noun ($isNot ? @('the', 'this') : $articles.Keys)
        $english, $french = "$english $($object[0])", "$french $($object[1])"
    }
    [pscustomobject]@{ English = "$english."; French = "$french." }
}

$sentences = @{}
while ($sentences.Count -lt $Count + 60) { $sentence = New-Sentence; $sentences[$sentence.English] = $sentence }
$rows = @($sentences.Values | Sort-Object English | Get-Random -Count ($Count + 60) -SetSeed $Seed)
$unseen = $rows[0..59]

$data = $rows[60..($rows.Count - 1)] | ConvertTo-DlDataset -Label French -LabelKind Text
$model = $Architecture -eq 'Transformer' `
    ? (New-DlModel Transformer -Width 64 -Depth 2 -Heads 4 -FeedForward 128 -Dropout 0.05 -Seed $Seed)
    : (New-DlModel $Architecture -Units 64 -Seed $Seed)
$records = $model | Invoke-DlTraining -Data $data -Epochs $Epochs -BatchSize 32 -Seed $Seed -NoRecord `
    -Optimizer (New-DlOptimizer Adam 0.003) -Schedule Cosine

$translated = $unseen | Invoke-DlPrediction -Model $model
$wrong = @($translated | Where-Object { $_.Prediction -cne $_.French })
$measured = $model | Measure-DlModel -Data $unseen -NoRecord
if ($Path) {
    $null = $model | Show-DlPlot $Path -Kind Attention -Data @{
        English = 'the small black cat does not see this white house.'; French = ''
    }
}
[pscustomobject]@{
    Architecture = $Architecture; Parameters = $model.ParameterCount; Loss = $records[-1].Loss
    Exact        = 60 - $wrong.Count
    Bleu         = $measured.Bleu
    English      = $translated[0].English
    Predicted    = $translated[0].Prediction
    Wrong        = $wrong | Select-Object English, French, Prediction
}
