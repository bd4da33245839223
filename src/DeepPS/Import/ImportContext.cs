using DeepPS.Abstractions;
using DeepPS.Commands;
using DeepPS.Data;

namespace DeepPS.Import;

/// <summary>The context of a reader: the cmdlet with its parameters, progress and messages.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Write">Runs an action on the pipeline's thread.</param>
/// <param name="Progress">Reports the fraction that is done, from 0 to 1.</param>
/// <param name="Cancel">Cancels the import.</param>
internal sealed record ImportContext(ImportDlDatasetCommand Cmdlet, Action<Action> Write, Action<double> Progress,
    CancellationToken Cancel)
{
    /// <summary>The part to read, where there are several.</summary>
    public string Part { get; init; } = PartNames.Train;

    /// <summary>Writes a warning.</summary>
    public void Warn(string text) => Write(() => Cmdlet.WriteWarning(text));

    /// <summary>Writes a verbose message.</summary>
    public void Log(string text) => Write(() => Cmdlet.WriteVerbose(text));

    /// <summary>A path as the session sees it; null stays null.</summary>
    public string? Resolve(string? path) =>
        path is null ? null : PipelineThread.Run(() => Cmdlet.ResolveTarget(path));
}
