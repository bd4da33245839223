BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    # Serves the files of a folder over HTTP in its own thread until it is stopped, and records the requests. While Hold
    # is not set, an answer stops after 1000 bytes. HttpListener would need a system service on Windows.
    function Start-TestServer([string] $Folder) {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $requests = [Collections.Concurrent.ConcurrentQueue[string]]::new()
        $hold = [Threading.ManualResetEventSlim]::new($true)
        $job = Start-ThreadJob {
            param($listener, $folder, $requests, $hold)
            while ($true) {
                try { $client = $listener.AcceptTcpClient() } catch { break }
                try {
                    $stream = $client.GetStream()
                    $reader = [IO.StreamReader]::new($stream)
                    $name = ($reader.ReadLine() -split ' ')[1] -replace '.*/'
                    $range = $null
                    while ($line = $reader.ReadLine()) { if ($line -match '^Range: *(.+)') { $range = $Matches[1] } }
                    $requests.Enqueue("$name $range".Trim())
                    $bytes = [byte[]]::new(0)
                    $from = 0
                    $head = 'HTTP/1.1 404 Not Found'
                    if (Test-Path "$folder/$name" -PathType Leaf) {
                        $bytes = [IO.File]::ReadAllBytes("$folder/$name")
                        $head = 'HTTP/1.1 200 OK'
                        if ($range -match 'bytes=(\d+)-' -and ($from = [int]$Matches[1])) {
                            $head = "HTTP/1.1 206 Partial Content`r`nContent-Range: bytes " +
                                "$from-$($bytes.Length - 1)/$($bytes.Length)"
                        }
                    }
                    $head += "`r`nContent-Length: $($bytes.Length - $from)`r`nConnection: close`r`n`r`n"
                    $stream.Write([Text.Encoding]::ASCII.GetBytes($head))
                    $first = [Math]::Min(1000, $bytes.Length - $from)
                    $stream.Write($bytes, $from, $first)
                    $stream.Flush()
                    $hold.Wait()
                    $stream.Write($bytes, $from + $first, $bytes.Length - $from - $first)
                }
                catch { continue }
                finally { $client.Dispose() }
            }
        } -ArgumentList $listener, $Folder, $requests, $hold
        $address = "http://127.0.0.1:$($listener.LocalEndpoint.Port)/"
        @{ Address = $address; Listener = $listener; Requests = $requests; Hold = $hold; Job = $job }
    }

    $published = (New-Item -ItemType Directory "$TestDrive/published").FullName
    if ($SharedData) {
        foreach ($file in Get-Item "$SharedData/penguins*.csv") {
            # Copy-Item would copy the attribute ReadOnly too, and Windows deletes no such file.
            [IO.File]::WriteAllBytes("$published/$($file.Name)", [IO.File]::ReadAllBytes($file))
        }
        [IO.File]::WriteAllText("$published/iris.data", [IO.File]::ReadAllText("$SharedData/iris.csv") + "`n`n")
    }
    Set-Content "$published/train-images-idx3-ubyte.gz" 'not what was published'
    $server = Start-TestServer $published
}

AfterAll {
    $server.Listener.Stop()
    $server.Job | Remove-Job -Force
}

Describe 'Save-DlDataset' {
    It 'downloads a table that Import-DlDataset reads, label and all' -Skip:(-not $SharedData) {
        $saved = Save-DlDataset Penguins -Destination "$TestDrive/data" -BaseUri $server.Address
        $saved | Should -BeOfType DeepPS.Data.SavedDataset
        $saved.Name | Should -Be Penguins
        $saved.Path | Should -Be (Join-Path $TestDrive data Penguins)
        $saved.Files.Name | Should -Be penguins.csv, penguins_raw.csv
        $saved.Licence | Should -Be 'CC0 1.0'
        $data = $saved | Import-DlDataset
        $data.Count | Should -Be 344
        $data.Label.Name | Should -Be species
        (Save-DlDataset Iris -Destination "$TestDrive/data" -BaseUri $server.Address |
            Import-DlDataset -Label PetalWidth).Label.Name |
            Should -Be PetalWidth
    }

    It 'keeps complete files, continues partial ones, and downloads again with -Force' -Skip:(-not $SharedData) {
        $arguments = @{ Destination = "$TestDrive/again"; BaseUri = $server.Address }
        $null = Save-DlDataset Penguins @arguments
        $server.Requests.Clear()
        $null = 'Penguins' | Save-DlDataset @arguments
        $server.Requests | Should -BeNullOrEmpty
        $null = Save-DlDataset Penguins @arguments -Force
        $server.Requests | Should -Be penguins.csv, penguins_raw.csv
        $server.Requests.Clear()
        $file = "$TestDrive/again/Penguins/penguins.csv"
        [IO.File]::WriteAllBytes("$file.part", [IO.File]::ReadAllBytes($file)[0..999])
        Remove-Item $file
        $null = Save-DlDataset Penguins @arguments
        $server.Requests | Should -Be 'penguins.csv bytes=1000-'
        (Get-FileHash $file).Hash | Should -Be (Get-FileHash "$SharedData/penguins.csv").Hash
    }

    It 'can be stopped, and continues from there' -Skip:(-not $SharedData) {
        $server.Hold.Reset()
        $session = [powershell]::Create().AddScript({
                param($manifest, $folder, $address)
                Import-Module $manifest
                Save-DlDataset Penguins -Destination $folder -BaseUri $address
            }).AddArgument($ManifestPath).AddArgument("$TestDrive/stopped").AddArgument($server.Address)
        try {
            $running = $session.BeginInvoke()
            $part = "$TestDrive/stopped/Penguins/penguins.csv.part"
            while (-not $running.IsCompleted -and
                -not ((Test-Path $part) -and (Get-Item $part).Length)) { Start-Sleep -Milliseconds 20 }
            $session.Stop()
            $session.InvocationStateInfo.State | Should -Be Stopped
            $part | Should -Exist
        }
        finally {
            $server.Hold.Set()
            $session.Dispose()
        }
        (Save-DlDataset Penguins -Destination "$TestDrive/stopped" -BaseUri $server.Address | Import-DlDataset).Count |
            Should -Be 344
        $server.Requests | Should -Contain 'penguins.csv bytes=1000-'
    }

    It 'says the licence, and from where' -Skip:(-not $SharedData) {
        $options = @{ Destination = "$TestDrive/said"; BaseUri = $server.Address }
        $said = Save-DlDataset Iris @options -InformationVariable information -Verbose 4>&1 | Out-String
        $said | Should -BeLike "*iris.data*$($server.Address)*"
        "$information" | Should -BeLike '*CC BY 4.0*Fisher*'
    }

    It 'downloads nothing with -WhatIf' {
        $server.Requests.Clear()
        Save-DlDataset MNIST -Destination "$TestDrive/whatif" -BaseUri $server.Address -WhatIf | Should -BeNullOrEmpty
        $server.Requests | Should -BeNullOrEmpty
        "$TestDrive/whatif" | Should -Not -Exist
    }

    It 'uses the cache of the user (XDG_CACHE_HOME, which Windows does not have)' -Skip:$IsWindows {
        $before = $env:XDG_CACHE_HOME
        $env:XDG_CACHE_HOME = "$TestDrive/cache"
        try {
            Save-DlDataset MNIST -WhatIf -Verbose *>&1 | Out-Null
            $problem = Get-DlError { Save-DlDataset MNIST -BaseUri $server.Address }
        }
        finally { $env:XDG_CACHE_HOME = $before }
        $problem | Should -Not -BeNullOrEmpty
        "$TestDrive/cache/deepps/datasets/MNIST" | Should -Exist
    }

    It 'keeps no file that is not the published one' {
        Assert-DlError {
            Save-DlDataset MNIST -Destination "$TestDrive/wrong" -BaseUri $server.Address
        } WrongChecksum InvalidData 'f68b3c2dcbeaaa9fbdd348bbdeb94873'
        Get-ChildItem "$TestDrive/wrong/MNIST" | Should -BeNullOrEmpty
    }

    It 'reports a file that the server does not have, and tries the other sets' -Skip:(-not $SharedData) {
        $options = @{ Destination = "$TestDrive/part"; BaseUri = $server.Address }
        $saved = Save-DlDataset CIFAR10, Iris @options -ErrorAction SilentlyContinue -ErrorVariable problem
        $saved.Name | Should -Be Iris
        $problem.FullyQualifiedErrorId | Should -BeLike 'DownloadNotFound,*'
        $problem.TargetObject | Should -Be CIFAR10
    }

    It 'refuses an unknown set and a wrong address' {
        Assert-DlError { Save-DlDataset MNST } UnknownKnownDataset ObjectNotFound 'no known dataset', MNIST
        Assert-DlError {
            Save-DlDataset MNIST -BaseUri ftp://mirror.example/
        } InvalidAddress InvalidArgument 'ftp://mirror.example/'
    }

    It 'completes the sets, and the catalog lists them' {
        Get-DlCompletion 'Save-DlDataset CIF' | Should -Be CIFAR10, CIFAR100
        (Get-DlCatalog KnownDataset).Name | Should -Be CIFAR10, CIFAR100, FashionMNIST, Iris, MNIST, NotMNIST, Penguins
    }
}

Describe 'Import-DlDataset from CIFAR' {
    BeforeAll {
        Push-Location $TestDrive
        $null = New-Item -ItemType Directory cifar
        $records = foreach ($label in 1, 0) { [byte[]]$label + [byte[]]::new(3072) }
        [IO.File]::WriteAllBytes("$TestDrive/cifar/data_batch_1.bin", $records)
        Set-Content cifar/batches.meta.txt airplane, automobile

        # Windows may have no tar.
        function Compress-Folder([string] $Name) {
            $best = [IO.Compression.CompressionLevel]::Optimal
            $archive = [IO.Compression.GZipStream]::new([IO.File]::Create("$TestDrive/$Name.tar.gz"), $best)
            [Formats.Tar.TarFile]::CreateFromDirectory("$TestDrive/$Name", $archive, $true)
            $archive.Dispose()
        }
        Compress-Folder cifar
    }

    AfterAll { Pop-Location }

    It 'reads <_>' -ForEach cifar, cifar.tar.gz, cifar/data_batch_1.bin {
        $data = Import-DlDataset $_
        $data.Count | Should -Be 2
        $data.Columns[0].Shape.ToString() | Should -Be '3x32x32'
        $data.Label[0], $data.Label[1] | Should -Be automobile, airplane
    }

    It 'reads an archive with both parts as a split' {
        $null = New-Item -ItemType Directory both
        Copy-Item cifar/* both
        [IO.File]::WriteAllBytes("$TestDrive/both/test_batch.bin", [byte[]]1 + [byte[]]::new(3072))
        Compress-Folder both
        foreach ($path in 'both', 'both.tar.gz') {
            $split = Import-DlDataset $path
            $split.Train.Count, $split.Test.Count | Should -Be 2, 1
            (Import-DlDataset $path -Part Test).Label[0] | Should -Be automobile
        }
    }

    It 'refuses a wrong file, and an unknown part' {
        Set-Content test_batch.bin text
        Assert-DlError { Import-DlDataset test_batch.bin } NotCifar InvalidData 3,073
        Assert-DlError { Import-DlDataset cifar -Part Test } FileNotFound ObjectNotFound cifar
    }
}
