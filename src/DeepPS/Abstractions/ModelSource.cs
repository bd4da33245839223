using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>What a parameter for a model or for data takes besides the object itself.</summary>
internal static class ModelSource
{
    /// <summary>The model that a parameter holds: a model, or the path of a model file or of a training's checkpoints.</summary>
    public static Model ModelOf(this WorkCmdlet cmdlet, object value) => PipelineValue.Unwrap(value) switch
    {
        Model model => model,
        string path => CheckpointModel.LoadAny(cmdlet.ResolveTarget(path), cmdlet.WriteWarning),
        FileSystemInfo file => CheckpointModel.LoadAny(file.FullName, cmdlet.WriteWarning),
        var other => throw new DlException("NotAModel", DlErrorKind.InvalidArgument,
            $"A model or the path of a model file is wanted; a {other?.GetType().Name ?? "null"} came.", other),
    };

    /// <summary>Data to train on: a split's parts, or a whole dataset.</summary>
    public static (Dataset Train, Dataset? Validation, DataPlan? Plan) TrainingData(object value) => PipelineValue.Unwrap(value) switch
    {
        Split split => (split.Train, split.Validation, split.Plan),
        Dataset dataset => (dataset, null, null),
        var other => throw NotData(other),
    };

    /// <summary>Data to measure with: a dataset, or a split's test part.</summary>
    public static Dataset TestData(object value) => PipelineValue.Unwrap(value) switch
    {
        Dataset dataset => dataset,
        Split { Test: { } test } => test,
        Split split => throw new DlException("NoTestPart", DlErrorKind.InvalidArgument,
            "The split has no test part. Split with -Test, or give the part to measure with: $split.Validation.", split),
        var other => throw NotData(other),
    };

    private static DlException NotData(object? other) => new("NotADataset", DlErrorKind.InvalidArgument,
        $"A Dataset or a Split is wanted; a {other?.GetType().Name ?? "null"} came. Import-DlDataset, ConvertTo-DlDataset and "
        + "New-DlDataset make datasets.", other);
}
