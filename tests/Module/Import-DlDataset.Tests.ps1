BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    Push-Location $TestDrive
    Set-Content tickets.csv 'Id,Hours,Team,Priority', '1,2.5,red,High', '2,NA,blue,Low', '3,1,red,High', '4,,"a, b",Low'
    Set-Content numbers.csv '1;2;30', '4;5;60'

    function New-Idx([string] $Path, [int[]] $Sizes, [byte[]] $Values) {
        $header = [byte[]](0, 0, 8, $Sizes.Count) + $Sizes.ForEach{ [byte[]](0, 0, ($_ -shr 8), ($_ -band 255)) }
        [IO.File]::WriteAllBytes((Join-Path $TestDrive $Path), [byte[]]$header + $Values)
    }

    function Compress-Test([string] $Path) {
        $from = [IO.File]::ReadAllBytes((Join-Path $TestDrive $Path))
        $to = [IO.File]::Create((Join-Path $TestDrive "$Path.gz"))
        $gzip = [IO.Compression.GZipStream]::new($to, [IO.Compression.CompressionMode]::Compress)
        $gzip.Write($from)
        $gzip.Dispose()
    }
}

AfterAll { Pop-Location }

Describe 'Import-DlDataset from CSV' {
    It 'reads columns of numbers and names, missing values among them' {
        $data = Import-DlDataset tickets.csv -Label Priority
        $data | Should -BeOfType DeepPS.Data.Dataset
        $data.Count | Should -Be 4
        $data.Columns.Kind | Should -Be Number, Number, Category, Category
        $data.Find('Hours').Missing | Should -Be 2
        $data.Label.Name | Should -Be Priority
    }

    It 'reads a file without a header' {
        $data = Import-DlDataset numbers.csv -NoHeader -Label 3
        $data.Count | Should -Be 2
        $data.Label[0] | Should -Be 30
        (Import-DlDataset numbers.csv -Header a, b, c -NoHeader).Columns.Name | Should -Be a, b, c
    }

    It 'reads the chosen columns as the chosen kinds' {
        $data = Import-DlDataset tickets.csv Priority -Property Hours, Id -Column @{ Id = 'Category' }
        $data.Columns.Name | Should -Be Id, Hours, Priority
        $data.Find('Id').Kind | Should -Be Category
        (Import-DlDataset numbers.csv -Delimiter ';' -NoHeader -Label 3 -LabelKind Class).Label.Kind |
            Should -Be Category
    }

    It 'reads files as programs write them' {
        Set-Content export.csv "# made in Köln", "Größe;Preis;Datum", "1;1.234,50;31.12.2024",
            "2;'0,5';01.02.2024" -Encoding latin1
        $data = Import-DlDataset export.csv -Comment '#' -Quote "'"
        $data.Columns.Name | Should -Be Größe, Preis, Datum
        $data.Columns.Kind | Should -Be Number, Number, Time
        $data.Find('Preis')[0] | Should -Be 1234.5
        $data.Find('Datum')[1] | Should -Be ([datetime]'2024-02-01')
        Set-Content wide.tsv "a`tb", "1`tx`"y" -Encoding unicode
        (Import-DlDataset wide.tsv -Quote '').Find('b')[0] | Should -Be 'x"y'
    }

    It 'takes quotes that stand apart from the delimiter out of values' {
        Set-Content apart.csv "x , 'name' , y", "1.5 , 'it''s a' , 'c1'", "2.5, 'b', 'c2' "
        $data = Import-DlDataset apart.csv -Quote "'" -Label y
        $data.Columns.Name | Should -Be x, name, y
        $data.Find('name')[0], $data.Find('name')[1] | Should -Be "it's a", 'b'
        $data.Label[0], $data.Label[1] | Should -Be c1, c2
        Set-Content apart.csv 'x, y', '1.5, "7"', '2.5, "8"'
        (Import-DlDataset apart.csv).Find('y')[1] | Should -Be 8
    }

    It 'reads numbers and missing values in the given format' {
        Set-Content said.csv 'a;b;c', '1,234;unknown;1 000', '-99;x;2 500'
        $data = Import-DlDataset said.csv -Decimal ',' -MissingValue unknown, -99 -Encoding utf8
        $data.Find('a')[0] | Should -Be 1.234
        $data.Columns.Missing | Should -Be 1, 1, 0
        (Import-DlDataset said.csv -Thousands ',').Find('a')[0] | Should -Be 1234
        $data = Import-DlDataset said.csv -Column @{ b = 'Category'; c = 'Text' }
        $data.Columns.Settings.Kind | Should -Be $null, Category, Text
    }

    It 'refuses impossible formats' {
        Assert-DlError { Import-DlDataset tickets.csv -Quote a } InvalidQuote InvalidArgument "'a'"
        Assert-DlError { Import-DlDataset tickets.csv -Comment a } InvalidComment InvalidArgument "'a'"
        Assert-DlError { Import-DlDataset tickets.csv -Decimal ';' } InvalidNumberFormat InvalidArgument "';'"
        Assert-DlError { Import-DlDataset tickets.csv -Encoding klingon } UnknownEncoding InvalidArgument klingon
        Assert-DlError { Import-DlDataset tickets.csv -Column @{ Team = 'Time' } } NotATime InvalidData "'red'", 'row 1'
        Assert-DlError { Import-DlDataset tickets.csv -Column @{ Team = 'Boolean' } } NotABoolean InvalidData "'red'"
    }

    It 'tells a day from a month by all rows, and reports when it cannot' {
        Set-Content days.csv 'd,n', '1/2/2024,1', '31/12/2024,2'
        (Import-DlDataset days.csv).Find('d')[0] | Should -Be ([datetime]'2024-02-01')
        Set-Content either.csv 'd,n', '1/2/2024,1'
        Import-DlDataset either.csv -Verbose 4>&1 | Out-String | Should -BeLike '*month is taken to come first*'
    }

    It 'takes files from the pipeline and wildcards, as one dataset' {
        Set-Content part1.csv 'a,b', '1,2'
        Set-Content part2.csv 'a,b', '3,4'
        (Import-DlDataset part?.csv).Count | Should -Be 2
        (Get-ChildItem part?.csv | Import-DlDataset).Count | Should -Be 2
        ('part1.csv', 'part2.csv' | Import-DlDataset).Count | Should -Be 2
    }

    It 'reads a literal path, and one with spaces' {
        Set-Content -LiteralPath 'a [1] b.csv' 'a,b', '1,2'
        (Import-DlDataset -LiteralPath 'a [1] b.csv').Count | Should -Be 1
        (Get-Item -LiteralPath 'a [1] b.csv' | Select-Object PSPath | Import-DlDataset).Count | Should -Be 1
    }

    It 'reports its decisions with -Verbose' {
        Import-DlDataset tickets.csv -Label Priority -Verbose 4>&1 | Out-String | Should -BeLike '*class*'
    }

    It 'reads real data as it is' -Skip:(-not $SharedData) {
        $data = Import-DlDataset "$SharedData/penguins_raw.csv" -Label Species
        $data.Count | Should -Be 344
        $data.Label.Levels.Count | Should -Be 3
        $data.Find('Date Egg').Kind | Should -Be Time
        (Import-DlDataset "$SharedData/daily-min-temperatures.csv" Temp).Find('Date')[0] |
            Should -Be ([datetime]'1981-01-01')
    }

    It 'reports a missing file, and reads the others' {
        Assert-DlError { Import-DlDataset nosuch.csv } FileNotFound ObjectNotFound nosuch.csv
        Assert-DlError { Import-DlDataset nosuch*.csv } FileNotFound ObjectNotFound 'nosuch*.csv'
        $data = Import-DlDataset nosuch.csv, tickets.csv -ErrorAction SilentlyContinue -ErrorVariable problem
        $data.Count | Should -Be 4
        $problem | Should -HaveCount 1
        $problem.TargetObject | Should -Be nosuch.csv
    }

    It 'refuses a path of another provider' { Assert-DlError {
        Import-DlDataset Env:/PATH } NotAFilePath InvalidArgument Environment
    }

    It 'refuses an empty file' {
        $null = New-Item empty.csv
        Assert-DlError { Import-DlDataset empty.csv } EmptyFile InvalidData empty.csv
        Set-Content header.csv 'a,b'
        Assert-DlError { Import-DlDataset header.csv } EmptyFile InvalidData header.csv
    }

    It 'refuses a ragged row and says its line' {
        Set-Content ragged.csv 'a,b,c', '1,2,x', '3,4,y', '5,6,z,7'
        Assert-DlError { Import-DlDataset ragged.csv } RaggedRow InvalidData 'line 4', '3 values expected, 4 found'
    }

    It 'refuses a label that is no column and lists the columns' {
        Assert-DlError {
            Import-DlDataset tickets.csv -Label prise
        } LabelNotFound ObjectNotFound "Label 'prise' is not a column", 'Id, Hours, Team, Priority'
    }

    It 'refuses text where a number belongs and says the line' {
        Set-Content text.csv 'a,b', '1,2', 'three,4'
        Assert-DlError {
            Import-DlDataset text.csv -Column @{ a = 'Number' }
        } NotANumber InvalidData "'three'", 'line 3'
    }

    It 'refuses an unknown kind of column' {
        Assert-DlError {
            Import-DlDataset tickets.csv -Column @{ Id = 'Name' }
        } ParameterArgumentTransformationError InvalidData 'Number, Category, Boolean'
        Assert-DlError { Import-DlDataset tickets.csv -Column @{ Nr = 'Number' } } ColumnNotFound ObjectNotFound Nr
    }
}

Describe 'Import-DlDataset from IDX' {
    BeforeAll {
        New-Idx train-images-idx3-ubyte 3, 2, 2 (1..12)
        New-Idx train-labels-idx1-ubyte 3 (0, 1, 2)
        New-Idx few-labels-idx1-ubyte 2 (0, 1)
    }

    It 'reads a pair of files' {
        $data = Import-DlDataset train-images-idx3-ubyte -LabelPath train-labels-idx1-ubyte
        $data.Count | Should -Be 3
        $data.Columns[0].Shape.ToString() | Should -Be '1x2x2'
        $data.Label[2] | Should -Be '2'
    }

    It 'reads a folder, gzipped files too' {
        $null = New-Item -ItemType Directory folder
        Copy-Item train-* folder
        (Import-DlDataset folder).Count | Should -Be 3
        Compress-Test folder/train-images-idx3-ubyte
        Remove-Item folder/train-images-idx3-ubyte
        (Import-DlDataset folder -Part Train).Count | Should -Be 3
        Assert-DlError { Import-DlDataset folder -Part Test } FileNotFound ObjectNotFound t10k-images
    }

    It 'reads a folder with both parts as a split, or one part' {
        $null = New-Item -ItemType Directory whole
        Copy-Item train-* whole
        New-Idx whole/t10k-images-idx3-ubyte 2, 2, 2 (1..8)
        New-Idx whole/t10k-labels-idx1-ubyte 2 (2, 0)
        $split = Import-DlDataset whole
        $split | Should -BeOfType DeepPS.Data.Split
        $split.Name | Should -Be whole
        $split.Train.Count, $split.Test.Count | Should -Be 3, 2
        $split.Validation | Should -BeNullOrEmpty
        (Import-DlDataset whole -Part Test).Label[0] | Should -Be 2
        Assert-DlError { Import-DlDataset whole -Part Validation } FileNotFound ObjectNotFound validation-images
        $three = $split | Split-DlDataset -Validation 0.34 -NoStratify
        $three.Train.Count, $three.Validation.Count, $three.Test.Count | Should -Be 2, 1, 2
        Assert-DlError { $split | Split-DlDataset -Test 0.1 } PartExists InvalidArgument whole
        Assert-DlError { $split | Split-DlDataset -Fold 2 } PartExists InvalidArgument '$split.Train'
        Assert-DlError { 'text' | Split-DlDataset -Test 0.1 } NotADataset InvalidArgument String
    }

    It 'refuses a part of what has no parts' {
        Assert-DlError {
            Import-DlDataset train-images-idx3-ubyte -Part Train
        } NoParts InvalidArgument 'Leave -Part out'
        Set-Content parts.csv 'a,b', '1,2'
        Assert-DlError { Import-DlDataset parts.csv -Part Test } NoParts InvalidArgument parts.csv
    }

    It 'reads weights of samples' {
        'a,b,w', '1,x,0.5', '2,y,3' | Set-Content "$TestDrive/weights.csv"
        $data = Import-DlDataset "$TestDrive/weights.csv" -Label b -SampleWeight w -Property a
        $data.Columns.Name | Should -Be a, b, w
        $data.Weight[0], $data.Weight[1] | Should -Be 0.5, 3
        (Import-DlDataset "$TestDrive/weights.csv" -Label b -SampleWeight 3).Weight.Name | Should -Be w
        Assert-DlError { Import-DlDataset "$TestDrive/weights.csv" -SampleWeight v } WeightNotFound ObjectNotFound v
    }

    It 'refuses another number of labels than images' {
        Assert-DlError {
            Import-DlDataset train-images-idx3-ubyte -LabelPath few-labels-idx1-ubyte
        } WrongCount InvalidData '2 labels', '3 images'
    }

    It 'refuses a file that has fewer images than it says' {
        New-Idx short-images-idx3-ubyte 5, 2, 2 (1..12)
        $errors = @(Get-DlError { Import-DlDataset short-images-idx3-ubyte })
        $errors | Should -HaveCount 1
        $errors[0].CategoryInfo.Category | Should -Be InvalidData
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'WrongCount,*'
    }

    It 'refuses a .gz that was cut short' {
        New-Idx cut-images-idx3-ubyte 1000, 2, 2 (0..3999 | ForEach-Object { ($_ * 7919) % 251 })
        Compress-Test cut-images-idx3-ubyte
        $bytes = [IO.File]::ReadAllBytes("$TestDrive/cut-images-idx3-ubyte.gz")
        [IO.File]::WriteAllBytes("$TestDrive/cut-images-idx3-ubyte.gz", $bytes[0..([int]($bytes.Length / 2))])
        Assert-DlError { Import-DlDataset cut-images-idx3-ubyte.gz } TruncatedGzip InvalidData cut-images
    }

    It 'reads MNIST' -Skip:(-not $SharedData) {
        $data = Import-DlDataset "$SharedData/mnist" -Part Test
        $data.Count | Should -Be 10000
        $data.Columns[0].Shape.ToString() | Should -Be '1x28x28'
    }
}

Describe 'Import-DlDataset from images' {
    BeforeAll {
        function New-Image([string] $Path, [byte] $Brightness, [int] $Width = 4, [int] $Height = 3) {
            $null = New-Item -ItemType Directory -Force (Split-Path "$TestDrive/$Path")
            [IO.File]::WriteAllBytes("$TestDrive/$Path",
                [Text.Encoding]::ASCII.GetBytes("P5 $Width $Height 255`n") + (, $Brightness * ($Width * $Height)))
        }
        foreach ($i in 0..9) { New-Image "pets/$($i % 2 ? 'cat' : 'dog')/$i.png" (10 * $i) }
        New-Image big.pgm 7 30 20
    }

    It 'takes a folder of folders, a class for each' {
        $data = Import-DlDataset pets
        $data.Count | Should -Be 10
        $data.Name | Should -Be pets
        $data.Columns[0].Shape.ToString() | Should -Be '3x3x4'
        $data.Label.Levels | Should -Be cat, dog
        (Import-DlDataset pets -Label Species).Label.Name | Should -Be Species
    }

    It 'takes a folder of parts as a split, or one part' {
        foreach ($i in 0..3) {
            New-Image "parts/train/$($i % 2 ? 'cat' : 'dog')/$i.png" 10
            New-Image "parts/val/$($i % 2 ? 'cat' : 'dog')/$i.png" 20
        }
        New-Image parts/test/cat/9.png 30
        $split = Import-DlDataset parts -ImageNormalize Data
        $split.Train.Count, $split.Validation.Count, $split.Test.Count | Should -Be 4, 4, 1
        $split.Plan.Columns[0].Encoder | Should -BeLike '*mean 0.039 0.039 0.039*' -Because 'only Train is used'
        (Import-DlDataset parts -Part Validation).Count | Should -Be 4
        Remove-Item -Recurse parts/train
        Assert-DlError { Import-DlDataset parts } NoTrainPart InvalidData -Part
        (Import-DlDataset parts -Part Test).Count | Should -Be 1
        $model = New-DlLayer Flatten | New-DlLayer Dense 2 | New-DlModel
        ($model | Invoke-DlTraining $split -Epochs 1 -NoRecord).ValidationLoss | Should -BeGreaterThan 0
        ($model | Measure-DlModel $split).Count | Should -Be 1
    }

    It 'gives images a size, a fit and a mode' {
        (Import-DlDataset pets -ImageSize 2).Columns[0].Shape.ToString() | Should -Be '3x2x2'
        $data = Import-DlDataset pets -ImageSize 8, 6 -ImageFit Letterbox -ImageMode Grey
        $data.Columns[0].Shape.ToString() | Should -Be '1x8x6'
        $data.Columns[0][0][0] | Should -Be 0 -Because 'there is black above'
    }

    It 'reads JPEG, PNG, BMP, WebP and GIF files' {
        $golden = "$PSScriptRoot/../DeepPS.Core.Tests/golden/images"
        foreach ($name in 'rgb0.jpg', 'rgb8.png', 'rgb.bmp', 'lossless.webp', 'frames.gif') {
            $null = New-Item -ItemType Directory -Force "formats/$((Split-Path $name -Extension).Substring(1))"
            Copy-Item "$golden/$name" "formats/$((Split-Path $name -Extension).Substring(1))"
        }
        $data = Import-DlDataset formats -Strict
        $data.Label.Levels | Should -Be bmp, gif, jpg, png, webp
        $data.Columns[0].Shape.ToString() | Should -Be '3x17x23'
        foreach ($row in 0..4) {
            $data.Columns[0][$row] | Measure-Object -Sum | ForEach-Object Sum |
                Should -BeGreaterThan 50000
        }
    }

    It 'takes files from the pipeline, with their folder or a script block as the class' {
        $data = Get-ChildItem pets -Recurse -File | Import-DlDataset
        $data.Count | Should -Be 10
        $data.Label.Levels | Should -Be cat, dog
        $data = Get-ChildItem pets -Recurse -File |
            Import-DlDataset -ImageLabel { [int] $_.BaseName -lt 5 ? 'dark' : 'bright' }
        $data.Label.Levels | Should -Be bright, dark
        (Get-ChildItem pets/dog/*.png | Import-DlDataset).Count | Should -Be 5
    }

    It 'takes a table of paths and labels' {
        $null = New-Item -ItemType Directory lists
        Set-Content lists/labels.csv 'File,Species', '../pets/dog/0.png,dog', '../pets/cat/1.png,cat'
        $data = Import-DlDataset lists/labels.csv -ImageColumn File -Label Species
        $data.Count | Should -Be 2
        $data.Columns.Kind | Should -Be Image, Category
        $data.Label[1] | Should -Be cat
        (Import-DlDataset lists/labels.csv -ImageColumn file -Property Species).Columns.Kind |
            Should -Be Image, Category
        Assert-DlError {
            Import-DlDataset lists/labels.csv -ImageColumn Path -Label Species
        } ColumnNotFound ObjectNotFound Path
    }

    It 'reports a broken file and leaves it out, or refuses it' {
        Copy-Item -Recurse pets spoilt
        Set-Content spoilt/cat/broken.jpg text
        $data = Import-DlDataset spoilt -WarningVariable warnings -WarningAction SilentlyContinue
        $data.Count | Should -Be 10
        "$warnings" | Should -BeLike '*broken.jpg*left out*'
        Assert-DlError { Import-DlDataset spoilt -Strict } InvalidImage InvalidData broken.jpg
        [IO.File]::WriteAllBytes("$TestDrive/cut.webp", [Text.Encoding]::ASCII.GetBytes('RIFF1234WEBPVP8 '))
        Assert-DlError { Import-DlDataset cut.webp -Strict } InvalidImage InvalidData cut.webp, WebP
    }

    It 'refuses images of several sizes, and names the sizes' {
        Assert-DlError {
            Import-DlDataset big.pgm, pets/dog/0.png
        } ImageSizesDiffer InvalidData '4x3', '30x20', '-ImageSize'
    }

    It 'spills data above -MemoryLimit to files, with the same parts and the same plan' {
        0..29999 | ForEach-Object { '{0}.5,{1},{2}' -f $_, (7919 * $_ % 1000 / 8), 'abc'[$_ % 3] } |
            Set-Content large.csv
        $whole, $filed = @{}, @{ MemoryLimit = 1MB; CachePath = '.' } | ForEach-Object {
            $options = $_
            Import-DlDataset large.csv -NoHeader -Label 3 @options -Verbose 4>verbose.txt |
                Split-DlDataset -Validation 0.2 -Seed 3
        }
        Get-Content verbose.txt -Raw | Should -BeLike '*are in files*'
        $filed.Validation.Count | Should -Be 6000
        foreach ($row in 0, 1, 999, 5999) {
            $filed.Validation.Columns[0][$row] |
                Should -Be $whole.Validation.Columns[0][$row]
        }
        $filed.Plan.ToJson().ToJsonString() | Should -Be $whole.Plan.ToJson().ToJsonString()
        (New-DlLayer Dense 3 | New-DlModel | Invoke-DlTraining -Data $filed -Epochs 1).ValidationLoss |
            Should -BeGreaterThan 0
    }

    It 'reports that data cannot be spilled to files' {
        0..29999 | ForEach-Object { '{0}.5,{1}.25,abc' -f $_, $_ } | Set-Content large.csv
        $folder = Join-Path (Get-Location) not-there
        Assert-DlError {
            Import-DlDataset large.csv -MemoryLimit 1MB -CachePath not-there
        } SpillFailed ResourceUnavailable $folder
    }

    It 'refuses a folder without images' {
        $null = New-Item -ItemType Directory bare
        Assert-DlError { Import-DlDataset bare } NoImages ObjectNotFound bare
    }

    It 'keeps with the plan how channels are standardised' {
        $data = Import-DlDataset pets -ImageNormalize ImageNet
        $model = New-DlLayer Flatten | New-DlLayer Dense 2 | New-DlModel | Invoke-DlTraining $data -Epochs 1 -PassThru
        $model.Plan.Columns[0].Encoder | Should -BeLike '*mean 0.485 0.456 0.406*'
        $null = $model | Export-DlModel pets.dlmodel
        (Import-DlModel pets.dlmodel).Plan.Columns[0].Encoder | Should -Be $model.Plan.Columns[0].Encoder
    }

    It 'standardises images of IDX files too' {
        New-Idx flat-images-idx3-ubyte 2, 2, 2 (1..8)
        $data = Import-DlDataset flat-images-idx3-ubyte -ImageNormalize Data
        $data.Columns[0].Settings.ImageNormalization | Should -Be Data
        $pixel = Import-DlDataset flat-images-idx3-ubyte -ImageNormalize Pixel
        ($pixel | Split-DlDataset).Plan.Columns[0].Encoder |
            Should -Be 'image 1x2x2, standardised by pixel (means from 0.012 to 0.024)'
    }

    It 'reads real pictures, a thousand to train on and two hundred to test' -Skip:(-not $SharedData) {
        $split = Import-DlDataset "$SharedData/cifar10-sample"
        $split.Test.Count | Should -Be 200
        $data = $split.Train
        $data.Count | Should -Be 1000
        $data.Columns[0].Shape.ToString() | Should -Be '3x32x32'
        $data.Label.Levels | Should -Be airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck
        foreach ($row in 0, 99, 100, 550, 999) {
            $data.Label[$row] |
                Should -Be $data.Label.Levels[[Math]::Floor($row / 100)]
        }
        (Import-DlDataset "$SharedData/cifar10-sample" -Part Test).Count | Should -Be 200
        (Import-DlDataset "$SharedData/cifar10-sample/test").Count | Should -Be 200
    }
}
