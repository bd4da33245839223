using DeepPS.Common;

namespace DeepPS.Torch;

/// <summary>The errors of the files of runtimes.</summary>
internal static class RuntimeErrors
{
    // ENOSPC and EDQUOT of Linux, EDQUOT of macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static readonly int[] Full = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>A file of a runtime could not be written.</summary>
    public static DlException NotWritable(string folder, Exception error) => error is IOException
        && Full.Contains(error.HResult)
        ? new DlException("DiskFull", DlErrorKind.NotAvailable,
            $"The disk of '{folder}' is full. Free some space, or use -Path with a folder on another disk.", folder,
            error)
        : new DlException("RuntimeNotWritable", DlErrorKind.NotAvailable,
            $"'{folder}' cannot be written: {error.Message} Use -Path with a folder that you may write.", folder,
            error);

    /// <summary>The free bytes on the disk of a folder; without limit where they are not known, as on a share of
    /// another machine.</summary>
    public static long FreeSpace(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return long.MaxValue;
        }
    }

    /// <summary>Refuses to begin where the disk has too little space.</summary>
    public static void CheckSpace(string folder, long needed, long free)
    {
        if (free < needed)
            throw new DlException("DiskFull", DlErrorKind.NotAvailable,
                $"The runtime needs {needed / 1e6:N0} MB for a moment, and the disk of '{folder}' has "
                + $"{free / 1e6:N0} MB free. Free some space, or use -Path with a folder on another disk.", folder);
    }
}
