BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $topics = Get-ChildItem "$PSScriptRoot/../../module/bin/en-US/about_*.help.txt" |
        ForEach-Object { @{ Name = $_.Name -replace '\.help\.txt$'; Path = $_.FullName } }
}

BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'About topics' {
    It 'are shown by Get-Help: <Name>' -ForEach $topics {
        "$(Get-Help $Name)" | Should -BeLike "*$Name*SHORT DESCRIPTION*SEE ALSO*"
    }

    It 'name only commands, parameters and topics that exist: <Name>' -ForEach $topics {
        $text = Get-Content $Path -Raw
        foreach ($command in [regex]::Matches($text, '\b[A-Z][a-z]+-Dl[A-Z]\w+').Value | Select-Object -Unique) {
            Get-Command $command -ErrorAction Ignore | Should -Not -BeNullOrEmpty -Because "$Name names $command"
        }
        foreach ($topic in [regex]::Matches($text, '\babout_Dl?\w+').Value | Select-Object -Unique) {
            "$PSScriptRoot/../../module/bin/en-US/$topic.help.txt" | Should -Exist
        }
        $parameters = (Get-Command -Module DeepPS).Parameters.Keys +
            (Get-Command Format-Table, Tee-Object).Parameters.Keys
        $dynamic = (Get-DlCatalog).Settings.Name
        foreach ($parameter in [regex]::Matches($text, '(?<=\s)-([A-Z]\w+)').ForEach({ $_.Groups[1].Value })) {
            $parameters + $dynamic | Should -Contain $parameter
        }
    }

    It 'fit a window of 80 columns: <Name>' -ForEach $topics {
        (Get-Content $Path | ForEach-Object Length | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}
