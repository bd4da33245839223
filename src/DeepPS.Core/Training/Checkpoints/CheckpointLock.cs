using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>
/// Reserves a folder of checkpoints for one training by keeping a file open. The system closes the file when the
/// process ends, however it ends, so that a killed training does not block the folder.
/// </summary>
internal sealed class CheckpointLock : IDisposable
{
    private const string Name = ".lock";

    private readonly string folder;
    private readonly bool isNew;
    private readonly FileStream file;

    /// <summary>Locks a folder, which is created if it does not exist.</summary>
    /// <exception cref="DlException">
    /// <c>CheckpointFolderInUse</c>: another training uses it; <c>CheckpointFolderNotWritable</c>.
    /// </exception>
    public CheckpointLock(string folder)
    {
        this.folder = folder;
        isNew = !Directory.Exists(folder);
        try
        {
            Directory.CreateDirectory(folder);
            // The former owner may have deleted the file between its opening here and its locking.
            for (file = Open(); !File.Exists(file.Name); file = Open())
                file.Dispose();
        }
        catch (IOException e) when (FileInUse.Is(e))
        {
            throw new DlException("CheckpointFolderInUse", DlErrorKind.InvalidOperation,
                $"Another training{Who()} writes its checkpoints to '{folder}'. Wait until it ends, or use another "
                + "folder.",
                folder, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointFolder.NotWritable(folder, e);
        }
    }

    /// <summary>Unlocks the folder, and deletes it if it was created here and is empty.</summary>
    public void Dispose()
    {
        file.Dispose();
        if (isNew)
            EmptyFolder.Remove(folder);
    }

    private FileStream Open() => new(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.Write,
        FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);

    private string Who() => RunInfo.In(folder).FirstOrDefault(run => run.State == RunInfo.Running) is { } run
        ? $" (process {run.ProcessId} on {run.Machine})" : "";
}
