BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $digits = New-DlDataset Digits 40 -Seed 1

    # Width and height of a PNG file.
    function Get-PngSize([string] $Path) {
        $bytes = [IO.File]::ReadAllBytes($Path)
        [Text.Encoding]::ASCII.GetString($bytes, 1, 3) | Should -Be PNG
        $bytes[18] * 256 + $bytes[19]
        $bytes[22] * 256 + $bytes[23]
    }
}

Describe 'Show-DlSample' {
    It 'writes a contact sheet as a PNG picture' {
        $file = $digits | Show-DlSample -Count 9 -Path "$TestDrive/sheet.png" -Seed 1
        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -Be (Join-Path $TestDrive sheet.png)
        Get-PngSize $file | Should -Be 368, 428
        Get-ChildItem $TestDrive -Hidden -File | Should -BeNullOrEmpty
    }

    It 'writes a web page' {
        $null = $digits | Show-DlSample 4 "$TestDrive/sheet.html" -Label 3, 5
        $page = Get-Content "$TestDrive/sheet.html" -Raw
        ($page | Select-String '<figcaption>([^<]*)<' -AllMatches).Matches.ForEach{ $_.Groups[1].Value } |
            Sort-Object -Unique | Should -BeIn 3, 5
        $page | Should -BeLike '*data:image/png;base64,*'
    }

    It 'chooses by the seed' {
        $hashes = 1, 1, 2 | ForEach-Object { ($digits | Show-DlSample 5 "$TestDrive/seed.png" -Seed $_ |
            Get-FileHash).Hash }
        $hashes[0] | Should -Be $hashes[1]
        $hashes[2] | Should -Not -Be $hashes[0]
    }

    It 'uses the folder for temporary files where no path is given' {
        $file = $digits | Show-DlSample
        $file.DirectoryName | Should -Be ([IO.Path]::TrimEndingDirectorySeparator([IO.Path]::GetTempPath()))
        Remove-Item $file
    }

    It 'takes the training part of a split, and shows predictions' {
        $split = $digits | Split-DlDataset -Test 0.5 -Seed 1
        $model = New-DlLayer Flatten | New-DlLayer Dense 10 | New-DlModel -Seed 1
        $null = $model | Invoke-DlTraining -Data $split -Epochs 1 -Seed 1
        $null = $split | Show-DlSample -Model $model -Path "$TestDrive/predicted.html"
        Get-Content "$TestDrive/predicted.html" -Raw | Should -Match '20 of 20 samples'
        Get-Content "$TestDrive/predicted.html" -Raw | Should -Match 'class="(right|wrong)">\d '
        $right = ((Get-Content "$TestDrive/predicted.html" -Raw) | Select-String 'class="right"' -AllMatches).Matches
        $right.Count | Should -Be (20 * ($model | Measure-DlModel $split.Train -NoRecord).Accuracy)
        $model | Export-DlModel "$TestDrive/digits.dlmodel"
        $null = $split | Show-DlSample -Model "$TestDrive/digits.dlmodel" -Path "$TestDrive/again.html"
        Get-Content "$TestDrive/again.html" -Raw | Should -Be (Get-Content "$TestDrive/predicted.html" -Raw)
    }

    It 'shows augmented views after each image' {
        $file = $digits | Show-DlSample 4 "$TestDrive/views.png" -Augmentation Flip,
            (New-DlAugmentation RandomCrop -Padding 4) -ViewCount 3
        Get-PngSize $file | Should -Be 488, 568
        Assert-DlError {
            $digits | Show-DlSample -Path "$TestDrive/none.png" -Augmentation NumericNoise
        } AugmentationUse InvalidArgument NumericNoise
    }

    It 'shows real pictures' -Skip:(-not $SharedData) {
        $data = Import-DlDataset "$SharedData/cifar10-sample" -Part Test
        $null = $data | Show-DlSample 6 "$TestDrive/real.html" -Label ship, frog
        ((Get-Content "$TestDrive/real.html" -Raw) |
            Select-String '<figcaption>([^<]*)<' -AllMatches).Matches.ForEach{ $_.Groups[1].Value } |
            Should -BeIn ship, frog
    }

    It 'shows reconstructions beside the images' {
        $rebuilder = New-DlLayer Flatten | New-DlLayer Dense 784 -Activation Sigmoid |
            New-DlLayer Reshape 1, 28, 28 | New-DlModel -Seed 1
        $null = $rebuilder | Invoke-DlTraining $digits -Reconstruct -Epochs 1 -Seed 1
        $null = $digits | Show-DlSample 3 "$TestDrive/rebuilt.html" -Model $rebuilder
        $page = Get-Content "$TestDrive/rebuilt.html" -Raw
        ($page | Select-String '<img' -AllMatches).Matches | Should -HaveCount 6
        ($page | Select-String 'error 0\.\d{4}' -AllMatches).Matches | Should -HaveCount 3
        $page | Should -Not -Match 'System\.'
        Get-PngSize ($digits | Show-DlSample 4 "$TestDrive/rebuilt.png" -Model $rebuilder) | Should -Not -BeNullOrEmpty
    }

    It 'shows masks, sequences and arrays' {
        $rows = foreach ($i in 1..6) {
            [pscustomobject]@{
                Steps = @(1..20).ForEach{ , @([Math]::Sin($_ * $i / 5), [Math]::Cos($_ / 3)) }; Sum = [double] $i
            }
        }
        $sequences = $rows | ConvertTo-DlDataset -Label Sum -LabelKind Number
        $null = $sequences | Show-DlSample 4 "$TestDrive/lines.html"
        ((Get-Content "$TestDrive/lines.html" -Raw) | Select-String '<img' -AllMatches).Matches |
            Should -HaveCount 4
        $shown = $sequences | Show-DlSample 2 -Seed 1
        $shown[0].Steps | Should -BeLike '20x2: * ...'
        $shown | Out-String | Should -Not -Match 'System\.'
        $masked = foreach ($i in 1..4) {
            [pscustomobject]@{
                Map = @(1..8).ForEach{ $y = $_; , @(1..9).ForEach{ $_ * $y * $i / 99 } }
                Mask = @(1..8).ForEach{ $y = $_; , @(1..9).ForEach{ if ($_ -gt $y) { 'thing' } else { 'ground' } } }
            }
        }
        $null = $masked | ConvertTo-DlDataset -Label Mask | Show-DlSample 4 "$TestDrive/masks.html"
        $page = Get-Content "$TestDrive/masks.html" -Raw
        ($page | Select-String '<img' -AllMatches).Matches | Should -HaveCount 8
        $page | Should -Not -Match 'System\.'
    }

    It 'gives rows of a table' {
        $data = New-DlDataset Blobs 50 -Seed 1
        $rows = $data | Show-DlSample 3 -Seed 2
        $rows | Should -HaveCount 3
        $rows[0].PSObject.Properties.Name | Should -Be (@('Row') + $data.Columns.Name)
        $rows[0].($data.Label.Name) | Should -Be $data.Label[$rows[0].Row - 1]
        $predicted = $data | Show-DlSample 3 -Model (New-DlTrainedModel)
        $predicted[0].Prediction | Should -BeIn $data.Label.Levels
    }

    It 'writes nothing with -WhatIf, and keeps a file with -NoClobber' {
        $digits | Show-DlSample -Path "$TestDrive/whatif.png" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/whatif.png" | Should -Not -Exist
        Set-Content "$TestDrive/kept.png" text
        Assert-DlError {
            $digits | Show-DlSample -Path "$TestDrive/kept.png" -NoClobber
        } FileExists InvalidOperation kept.png
        Get-Content "$TestDrive/kept.png" | Should -Be text
    }

    It 'refuses samples that it cannot show' {
        Assert-DlError {
            New-DlDataset Blobs 9 | Show-DlSample -Path "$TestDrive/none.png"
        } NoImages InvalidArgument Number
        Assert-DlError { $digits | Show-DlSample -Label 12 } ClassNotFound ObjectNotFound "'12'"
        Assert-DlError {
            $digits | Show-DlSample -Path "$TestDrive/sheet.jpg"
        } UnknownSheetFormat InvalidArgument '.html'
        Assert-DlError { $digits | Show-DlSample -Path "$TestDrive/no/such.png" } DirectoryNotFound ObjectNotFound
        Assert-DlError { 'text' | Show-DlSample } NotADataset InvalidArgument String
    }
}
