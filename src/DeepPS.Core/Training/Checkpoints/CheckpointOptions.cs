using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Where and when the checkpoints of a training are written.</summary>
/// <param name="Path">The folder, which belongs to this training alone.</param>
public sealed record CheckpointOptions(string Path)
{
    /// <summary>How often one is written; there is always one at the end.</summary>
    public CheckpointInterval Every { get; init; } = CheckpointInterval.EachEpoch;

    /// <summary>The number of checkpoints to keep, the newest ones.</summary>
    public int Keep { get; init; } = 3;

    /// <summary>Whether training continues from the newest complete checkpoint, if there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>The checkpoint to continue from; null: training starts from the beginning.</summary>
    /// <exception cref="DlException">
    /// <c>CheckpointsExist</c>: there are some, and <see cref="Resume"/> is not set; <c>NoCheckpoint</c>: all are
    /// damaged.
    /// </exception>
    internal Checkpoint? Find(Action<string>? warn, Action<string>? log)
    {
        var folder = new CheckpointFolder(Path);
        if (!Resume)
            return folder.Files.Count == 0 ? null
                : throw new DlException("CheckpointsExist", DlErrorKind.InvalidOperation,
                    $"'{Path}' has checkpoints of a training. Continue it with -Resume, use another folder, or delete "
                    + "them.", Path);
        TorchRuntime.Ensure();
        folder.Tidy();
        var latest = folder.Files.Count == 0 ? null : folder.Newest(warn);
        log?.Invoke(latest is null ? $"There is no checkpoint in '{Path}' yet: training starts from the beginning."
            : $"Training continues after {latest.Position.TotalSteps:N0} steps.");
        return latest;
    }
}
