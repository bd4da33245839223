using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>Reads parameters that take a model or data in several forms.</summary>
internal static class ModelSource
{
    /// <summary>
    /// The model of a parameter: a model, or the path of a model file or of a training's checkpoints.
    /// </summary>
    public static Model ModelOf(this WorkCmdlet cmdlet, object value) => PipelineValue.Unwrap(value) switch
    {
        Model model => model,
        string path => CheckpointModel.LoadAny(cmdlet.ResolveTarget(path), cmdlet.WriteWarning),
        FileSystemInfo file => CheckpointModel.LoadAny(file.FullName, cmdlet.WriteWarning),
        var other => throw new DlException("NotAModel", DlErrorKind.InvalidArgument,
            $"Expected a model or the path of a model file; got {TypeName(other)}. Make a model with New-DlModel or "
            + "load one with Import-DlModel.", other),
    };

    /// <summary>The data to train on: the parts of a split, or a whole dataset.</summary>
    public static (Dataset Train, Dataset? Validation, DataPlan? Plan) TrainingData(object value) =>
        PipelineValue.Unwrap(value) switch
        {
            Split split => (split.Train, split.Validation, split.Plan),
            Dataset dataset => (dataset, null, null),
            var other => throw NotData(other),
        };

    /// <summary>The data to measure with: a dataset, or the test part of a split.</summary>
    public static Dataset TestData(object value) => PipelineValue.Unwrap(value) switch
    {
        Dataset dataset => dataset,
        Split { Test: { } test } => test,
        Split split => throw new DlException("NoTestPart", DlErrorKind.InvalidArgument,
            "The split has no test part. Split with -Test, or pass another part: $split.Validation.", split),
        var other => throw NotData(other),
    };

    /// <summary>The type of a value, for a message.</summary>
    public static string TypeName(object? value) => value?.GetType().Name ?? "null";

    private static DlException NotData(object? other) => new("NotADataset", DlErrorKind.InvalidArgument,
        $"Expected a Dataset or a Split; got {TypeName(other)}. Make a dataset with Import-DlDataset, "
        + "ConvertTo-DlDataset or New-DlDataset.", other);
}
