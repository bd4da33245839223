using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Where and when the checkpoints of a training are written.</summary>
/// <param name="Path">The folder, of this training alone.</param>
public sealed record CheckpointOptions(string Path)
{
    /// <summary>How often one is written, besides at the end.</summary>
    public CheckpointInterval Every { get; init; } = CheckpointInterval.EachEpoch;

    /// <summary>How many are kept, the newest.</summary>
    public int Keep { get; init; } = 3;

    /// <summary>Whether training goes on from the newest one that is whole, if there is any.</summary>
    public bool Resume { get; init; }

    /// <summary>The checkpoint to go on from; null: training begins anew.</summary>
    /// <exception cref="DlException"><c>CheckpointsExist</c>: there are some, and nothing was said of going on.</exception>
    internal Checkpoint? Find(Action<string>? warn, Action<string>? log)
    {
        var folder = new CheckpointFolder(Path);
        if (!Resume)
            return folder.Files.Count == 0 ? null : throw new DlException("CheckpointsExist", DlErrorKind.InvalidOperation,
                $"'{Path}' has checkpoints of a training. Go on with -Resume, name another folder, or remove them.", Path);
        TorchRuntime.Ensure();
        folder.Tidy();
        var latest = folder.Latest(warn);
        log?.Invoke(latest is null ? $"There is no checkpoint in '{Path}' yet: training begins anew."
            : $"Training goes on after {latest.Position.TotalSteps:N0} steps.");
        return latest;
    }
}
