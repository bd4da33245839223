BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Get-DlDevice' {
    It 'lists the processor first' {
        $devices = @(Get-DlDevice)
        $devices[0].Name | Should -Be cpu
        $devices[0].Cores | Should -Be ([Environment]::ProcessorCount)
    }

    It 'lists nothing else where torch sees no CUDA device' -Skip:$HasNvidia {
        Get-DlDevice | Should -HaveCount 1
    }
}
