using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Downloads files over HTTP. A partial file stays beside the destination: after a broken connection, in this run or a
/// later one, only the rest is requested. The file moves to its destination only with the right size and checksum.
/// </summary>
internal sealed class Downloader(DownloadOptions options)
{
    private readonly DownloadConnection connection = new(options);

    /// <summary>Downloads a file from the first of its addresses that has it.</summary>
    /// <param name="folders">The addresses of folders that may have the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="path">The destination.</param>
    /// <param name="cancel">Cancels the download; the partial file stays.</param>
    /// <exception cref="DlException">
    /// <c>DownloadNotFound</c>, <c>DownloadRefused</c>, <c>DownloadFailed</c>: no server has it, the server refuses it,
    /// the connection breaks each time; <c>WrongChecksum</c>: it is not the published file; <c>DownloadInUse</c>,
    /// <c>FileNotWritable</c>.
    /// </exception>
    public void Get(IReadOnlyList<Uri> folders, KnownFile file, string path, CancellationToken cancel)
    {
        var failures = new List<DlException>();
        foreach (var folder in folders)
        {
            try
            {
                GetFrom(new Uri(folder, file.Name), file, path, cancel);
                return;
            }
            catch (DownloadException e)
            {
                failures.Add(e);
                options.Log(e.Message);
            }
        }

        throw failures is [var one] ? one : new DlException(failures[0].Id, failures[0].Kind,
            $"'{file.Name}' could not be downloaded from any of {failures.Count} addresses. "
                + string.Join(" ", failures.Select(e => e.Message)),
            failures[0].Target, failures[0]);
    }

    private void GetFrom(Uri address, KnownFile file, string path, CancellationToken cancel)
    {
        using var part = PartFile.Open(path);
        var resumed = part.Length > 0;
        while (true)
        {
            Fill(address, file, part, cancel);
            if (part.IsWhole(file, cancel))
            {
                part.Finish();
                return;
            }

            if (!resumed)
                break;
            options.Log(
                $"'{file.Name}' does not match the part that an earlier download left; it is downloaded again.");
            part.Restart(address, null);
            resumed = false;
        }

        part.Discard();
        throw new DownloadException("WrongChecksum", DlErrorKind.InvalidData,
            $"{address} is not the published file '{file.Name}': its checksum is not {file.Checksum}"
            + (file.Size is { } size ? $", or its size not {size:N0} bytes" : "") + ". It was deleted.", address);
    }

    /// <summary>Downloads the missing part of a file, over as many connections as needed.</summary>
    private void Fill(Uri address, KnownFile file, PartFile part, CancellationToken cancel)
    {
        var most = part.Length;
        for (var retry = 0; part.Length < (file.Size ?? long.MaxValue);)
        {
            try
            {
                if (!connection.ReceiveAsync(address, file, part, cancel).GetAwaiter().GetResult())
                    return;
            }
            catch (ConnectionBrokenException e)
            {
                retry = part.Length > most ? 1 : retry + 1;
                most = Math.Max(most, part.Length);
                if (retry > options.Retries)
                    throw new DownloadException("DownloadFailed", DlErrorKind.NotAvailable,
                        $"{address} could not be downloaded: {e.Message} {part.Length:N0} "
                        + (file.Size is { } size ? $"of {size:N0} " : "")
                        + "bytes were received; run the same command again to continue.",
                        address, e.InnerException);
                options.Log($"{address}: {e.Message} Retry {retry} of {options.Retries}, from byte {part.Length:N0}.");
                cancel.WaitHandle.WaitOne(options.Pause(retry));
                cancel.ThrowIfCancellationRequested();
            }
        }
    }
}
