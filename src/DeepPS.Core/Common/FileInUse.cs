namespace DeepPS.Common;

/// <summary>
/// Files that another program has open and does not share: a virus scanner or a backup for a moment, Excel as long as
/// its window is open.
/// </summary>
internal static class FileInUse
{
    /// <summary>The pauses between attempts in milliseconds, together a second.</summary>
    private static readonly int[] Pauses = [1, 4, 15, 30, 50, 100, 200, 300, 300];

    /// <summary>
    /// ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows; EWOULDBLOCK of Linux and of macOS, where .NET locks
    /// files that it does not share.
    /// </summary>
    private static readonly int[] Shared = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    /// <summary>ERROR_UNABLE_TO_REMOVE_REPLACED, ERROR_UNABLE_TO_MOVE_REPLACEMENT and its second form.</summary>
    private static readonly int[] Replaced =
        [unchecked((int)0x80070497), unchecked((int)0x80070498), unchecked((int)0x80070499)];

    /// <summary>Whether an error means that another process has the file open.</summary>
    public static bool Is(IOException error) => Shared.Contains(error.HResult);

    /// <summary>Does something with a file, again for up to a second if another program has it open.</summary>
    /// <exception cref="IOException">It is open all the time, or another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public static void Retry(Action work)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                work();
                return;
            }
            catch (Exception e) when (MayPass(e))
            {
                Thread.Sleep(pause);
            }
        }

        work();
    }

    /// <summary>Windows denies the access to a file that is open where it is to be replaced or deleted.</summary>
    private static bool MayPass(Exception e) => e switch
    {
        UnauthorizedAccessException => OperatingSystem.IsWindows(),
        IOException error => Is(error) || Replaced.Contains(error.HResult),
        _ => false,
    };
}
