using System.Globalization;
using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>The folder with the checkpoints of one training, each named by its number of steps.</summary>
internal sealed class CheckpointFolder(string path)
{
    private const string Extension = ".dlcheckpoint";
    private const string Prefix = "step-";
    private const string Unfinished = ".tmp";
    private const string BestFile = "best" + Extension;

    /// <summary>The checkpoints, the newest first.</summary>
    public IReadOnlyList<string> Files => !Directory.Exists(path) ? []
        : Directory.EnumerateFiles(path, $"{Prefix}*{Extension}").Where(file => StepsOf(file) >= 0)
            .OrderByDescending(StepsOf).ToArray();

    /// <summary>Whether a path has the extension of a checkpoint.</summary>
    public static bool Names(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of the checkpoint after a number of steps.</summary>
    public string FileAt(long steps) =>
        Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{steps:D10}{Extension}"));

    /// <summary>The path of the model of the best epoch, which is none of <see cref="Files"/>.</summary>
    public string BestPath => Path.Combine(path, BestFile);

    /// <summary>Writes a checkpoint, and deletes the oldest if there are more than <paramref name="keep"/>.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="best">A new best epoch, which is written first; null: there is none.</param>
    /// <param name="keep">The number of checkpoints to keep besides the best.</param>
    public void Write(Checkpoint checkpoint, Checkpoint? best, int keep)
    {
        Directory.CreateDirectory(path);
        best?.Write(BestPath);
        checkpoint.Write(FileAt(checkpoint.Position.TotalSteps));
        // One that another program reads is deleted after a later checkpoint.
        foreach (var old in Files.Skip(keep))
            AtomicFile.TryDelete(old);
    }

    /// <summary>Checks that a file of the given size could be written now.</summary>
    /// <exception cref="DlException">
    /// <c>CheckpointFolderNotWritable</c>: disk space or permission is missing.
    /// </exception>
    public void CheckRoom(long size)
    {
        try
        {
            var file = Path.Combine(path, $".{Prefix}room{Extension}.{Guid.NewGuid():N}{Unfinished}");
            new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                PreallocationSize = size,
                Options = FileOptions.DeleteOnClose,
            }).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }
    }

    /// <summary>The error for a folder in which checkpoints cannot be written.</summary>
    public static DlException NotWritable(string path, Exception cause) => new(
        "CheckpointFolderNotWritable", DlErrorKind.NotAvailable,
        $"Checkpoints cannot be written to '{path}': {cause.Message.TrimEnd('.')}. Free disk space, or use another "
        + "folder.",
        path, cause);

    /// <summary>The newest complete checkpoint; null if there is none.</summary>
    /// <param name="warn">Called for each damaged checkpoint.</param>
    public Checkpoint? Latest(Action<string>? warn)
    {
        foreach (var file in Files)
        {
            try
            {
                return Checkpoint.Read(file);
            }
            catch (CheckpointDamagedException e)
            {
                warn?.Invoke(file == Files[^1] ? e.Message : $"{e.Message} The checkpoint before it is used.");
            }
        }

        return null;
    }

    /// <summary>The newest complete checkpoint.</summary>
    /// <param name="warn">Called for each damaged checkpoint.</param>
    /// <exception cref="DlException"><c>NoCheckpoint</c>: there is none.</exception>
    public Checkpoint Newest(Action<string>? warn) => Latest(warn) ?? throw new DlException(
        "NoCheckpoint", DlErrorKind.NotFound, Files.Count == 0
            ? $"There is no checkpoint in '{path}'. Invoke-DlTraining -CheckpointPath writes checkpoints."
            : $"There is no complete checkpoint in '{path}': {(Files.Count == 1 ? "the only one is"
                : $"all {Files.Count} are")} damaged. Restore one from a backup, or start a new training in another "
                + "folder.", path);

    /// <summary>The model of the best epoch; null if there is none or it is damaged.</summary>
    /// <param name="warn">Called if it is damaged.</param>
    public Checkpoint? Best(Action<string>? warn)
    {
        try
        {
            return File.Exists(BestPath) ? Checkpoint.Read(BestPath) : null;
        }
        catch (CheckpointDamagedException e)
        {
            warn?.Invoke(e.Message);
            return null;
        }
    }

    /// <summary>Deletes the best epoch of an earlier training.</summary>
    /// <exception cref="DlException"><c>CheckpointFolderNotWritable</c>.</exception>
    public void ForgetBest()
    {
        try
        {
            if (Directory.Exists(path))
                FileInUse.Retry(() => File.Delete(BestPath));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }
    }

    /// <summary>Deletes incomplete files of an interrupted write.</summary>
    public void Tidy()
    {
        if (!Directory.Exists(path))
            return;
        foreach (var left in Directory.EnumerateFiles(path, $".*{Extension}.*{Unfinished}"))
            AtomicFile.TryDelete(left);
    }

    private static long StepsOf(string file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file).AsSpan(Prefix.Length), CultureInfo.InvariantCulture,
            out var steps) ? steps : -1;
}
