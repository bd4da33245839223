using System.Globalization;
using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>A folder of the checkpoints of one training, each named by the steps that were done.</summary>
internal sealed class CheckpointFolder(string path)
{
    private const string Extension = ".dlcheckpoint";
    private const string Prefix = "step-";
    private const string Unfinished = ".tmp";

    /// <summary>The checkpoints, the newest first.</summary>
    public IReadOnlyList<string> Files => !Directory.Exists(path) ? []
        : Directory.EnumerateFiles(path, $"{Prefix}*{Extension}").Where(file => StepsOf(file) >= 0).OrderByDescending(StepsOf).ToArray();

    /// <summary>Whether a path is that of a checkpoint, by its name.</summary>
    public static bool Names(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the checkpoint after so many steps lies.</summary>
    public string FileAt(long steps) => Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{steps:D10}{Extension}"));

    /// <summary>Writes a checkpoint, and removes the oldest of more than are kept.</summary>
    public void Write(Checkpoint checkpoint, int keep)
    {
        Directory.CreateDirectory(path);
        checkpoint.Write(FileAt(checkpoint.Position.TotalSteps));
        foreach (var old in Files.Skip(keep))
            File.Delete(old);
    }

    /// <summary>Makes sure that a file of a size could be written now.</summary>
    /// <exception cref="DlException"><c>CheckpointFolderNotWritable</c>: there is no room, or no right to.</exception>
    public void CheckRoom(long size)
    {
        try
        {
            new FileStream(Path.Combine(path, $".{Prefix}room{Extension}.{Guid.NewGuid():N}{Unfinished}"), new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = size, Options = FileOptions.DeleteOnClose,
            }).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }
    }

    /// <summary>The error of a folder that takes no checkpoints.</summary>
    public static DlException NotWritable(string path, Exception cause) => new("CheckpointFolderNotWritable", DlErrorKind.NotAvailable,
        $"No checkpoint can be written to '{path}': {cause.Message.TrimEnd('.')}. Make room there, or name another folder.", path, cause);

    /// <summary>The newest checkpoint that is whole; null where there is none.</summary>
    /// <param name="warn">Told of those that are not.</param>
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
                warn?.Invoke($"{e.Message} The one before it is taken.");
            }
        }

        return null;
    }

    /// <summary>The newest checkpoint that is whole.</summary>
    /// <param name="warn">Told of those that are not.</param>
    /// <exception cref="DlException"><c>NoCheckpoint</c>: there is none.</exception>
    public Checkpoint Newest(Action<string>? warn) => Latest(warn) ?? throw new DlException("NoCheckpoint", DlErrorKind.NotFound,
        $"There is no checkpoint in '{path}'{(Files.Count > 0 ? " that is whole" : "")}. Invoke-DlTraining -CheckpointPath writes them.", path);

    /// <summary>Removes what an interrupted writing has left.</summary>
    public void Tidy()
    {
        if (!Directory.Exists(path))
            return;
        foreach (var left in Directory.EnumerateFiles(path, $".{Prefix}*{Extension}.*{Unfinished}"))
            File.Delete(left);
    }

    private static long StepsOf(string file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file).AsSpan(Prefix.Length), CultureInfo.InvariantCulture, out var steps) ? steps : -1;
}
