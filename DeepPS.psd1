@{
    RootModule           = 'module/DeepPS.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5d3a1c0e-7c2b-4f6e-9a51-0b8e6f2c9d47'
    Author               = 'The DeepPS maintainers'
    CompanyName          = 'The DeepPS maintainers'
    Copyright            = '(c) the DeepPS maintainers. MIT licence.'
    Description          = @'
Deep-learning experiments in the PowerShell pipeline: build networks from layers, train them on CSV files, images or
any objects, and get every epoch as an object.
'@
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('module/DeepPS.Format.ps1xml')
    CmdletsToExport      = @(
        'Compare-DlRun'
        'Compress-DlModel'
        'ConvertFrom-DlDataset'
        'ConvertTo-DlAdversarial'
        'ConvertTo-DlDataset'
        'ConvertTo-DlSkipGram'
        'ConvertTo-DlTimeSeries'
        'Exit-DlRun'
        'Export-DlModel'
        'Find-DlInput'
        'Find-DlLearningRate'
        'Find-DlNeighbor'
        'Get-DlAttribution'
        'Get-DlCatalog'
        'Get-DlDatasetColumn'
        'Get-DlDevice'
        'Get-DlGradient'
        'Get-DlLayer'
        'Get-DlRun'
        'Import-DlDataset'
        'Import-DlModel'
        'Install-DlRuntime'
        'Invoke-DlGanTraining'
        'Invoke-DlPrediction'
        'Invoke-DlTraining'
        'Measure-DlCompression'
        'Measure-DlCurvature'
        'Measure-DlImportance'
        'Measure-DlLayer'
        'Measure-DlModel'
        'New-DlAttack'
        'New-DlAugmentation'
        'New-DlCallback'
        'New-DlDataset'
        'New-DlInitializer'
        'New-DlLayer'
        'New-DlLoss'
        'New-DlMetric'
        'New-DlModel'
        'New-DlOptimizer'
        'New-DlRegularizer'
        'New-DlReport'
        'New-DlSample'
        'New-DlSchedule'
        'Remove-DlRun'
        'Resume-DlTraining'
        'Save-DlDataset'
        'Set-DlLayer'
        'Show-DlEmbedding'
        'Show-DlLayer'
        'Show-DlModel'
        'Show-DlPlot'
        'Show-DlSample'
        'Split-DlDataset'
        'Uninstall-DlRuntime'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags = @('DeepLearning', 'MachineLearning', 'NeuralNetwork', 'Torch', 'AI', 'Training', 'Linux', 'Windows')
        }
    }
}
