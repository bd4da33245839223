using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>
/// Keeps a folder of checkpoints for one training: a file that is held open. The system lets go of it when the process ends, however
/// it ends, so that a killed training is in nobody's way.
/// </summary>
internal sealed class CheckpointLock : IDisposable
{
    private const string Name = ".lock";

    /// <summary>What a file that another holds is refused with: Windows' ERROR_SHARING_VIOLATION, Linux' and macOS' EWOULDBLOCK.</summary>
    private static readonly int[] HeldByAnother = [unchecked((int)0x80070020), 11, 35];

    private readonly string folder;
    private readonly bool isNew;
    private readonly FileStream file;

    /// <summary>Takes a folder, which is made where it is not there.</summary>
    /// <exception cref="DlException"><c>CheckpointFolderInUse</c>: another training has it;
    /// <c>CheckpointFolderNotWritable</c>: nothing can be written there.</exception>
    public CheckpointLock(string folder)
    {
        this.folder = folder;
        isNew = !Directory.Exists(folder);
        try
        {
            Directory.CreateDirectory(folder);
            // Who had the file may have removed it between its opening here and its locking.
            for (file = Open(); !File.Exists(file.Name); file = Open())
                file.Dispose();
        }
        catch (IOException e) when (HeldByAnother.Contains(e.HResult))
        {
            throw new DlException("CheckpointFolderInUse", DlErrorKind.InvalidOperation,
                $"Another training{Who()} writes its checkpoints to '{folder}'; two in one folder would overwrite each other's. "
                + "Wait for its end, or name another folder.", folder, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointFolder.NotWritable(folder, e);
        }
    }

    /// <summary>Leaves the folder to others; one that was made and stayed empty goes.</summary>
    public void Dispose()
    {
        file.Dispose();
        if (isNew)
            EmptyFolder.Remove(folder);
    }

    private FileStream Open() => new(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None,
        bufferSize: 0, FileOptions.DeleteOnClose);

    private string Who() => RunInfo.In(folder).FirstOrDefault(run => run.State == RunInfo.Running) is { } run
        ? $" (process {run.ProcessId} on {run.Machine})" : "";
}
