using System.Net;
using System.Net.Http.Headers;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Downloads files over HTTP. A partial file stays beside the destination: after a broken connection, in this run or a
/// later one, only the rest is requested. The file moves to its destination only with the right size and checksum.
/// </summary>
internal sealed class Downloader(DownloadOptions options)
{
    private static readonly HttpClient Client = MakeClient();

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
            catch (DlException e) when (
                e.Id is "DownloadNotFound" or "DownloadRefused" or "DownloadFailed" or "WrongChecksum")
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
        throw new DlException("WrongChecksum", DlErrorKind.InvalidData,
            $"{address} is not the published file '{file.Name}': its checksum is not {file.Checksum}, or its size not "
            + $"{file.Size:N0} bytes. It was deleted.", address);
    }

    /// <summary>Downloads the missing part of a file, over as many connections as needed.</summary>
    private void Fill(Uri address, KnownFile file, PartFile part, CancellationToken cancel)
    {
        var most = part.Length;
        for (var retry = 0; part.Length < file.Size;)
        {
            try
            {
                if (!ReceiveAsync(address, file, part, cancel).GetAwaiter().GetResult())
                    return;
            }
            catch (ConnectionBrokenException e)
            {
                retry = part.Length > most ? 1 : retry + 1;
                most = Math.Max(most, part.Length);
                if (retry > options.Retries)
                    throw new DlException("DownloadFailed", DlErrorKind.NotAvailable,
                        $"{address} could not be downloaded: {e.Message} {part.Length:N0} of {file.Size:N0} bytes were "
                        + "received; run the same command again to continue.", address, e.InnerException);
                options.Log($"{address}: {e.Message} Retry {retry} of {options.Retries}, from byte {part.Length:N0}.");
                cancel.WaitHandle.WaitOne(options.Pause(retry));
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Receives one response of the server, to its end or until the file is too long.</summary>
    /// <returns>Whether the server has more of the file than it sent.</returns>
    private async Task<bool> ReceiveAsync(Uri address, KnownFile file, PartFile part, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var answer = await Try(() => Client.SendAsync(
            Request(address, part), HttpCompletionOption.ResponseHeadersRead, silence.Token));
        Begin(answer, address, part);
        var before = part.Length;
        await using var body = await Try(() => answer.Content.ReadAsStreamAsync(silence.Token));
        var buffer = new byte[1 << 16];
        while (part.Length <= file.Size
            && await Try(() => body.ReadAsync(buffer, silence.Token).AsTask()) is > 0 and var count)
        {
            part.Append(buffer.AsSpan(0, count));
            options.Progress(file, part.Length);
        }

        if (part.Length < file.Size && (answer.Content.Headers.ContentLength is null || part.Length == before))
            throw new ConnectionBrokenException("The response ended early.");
        return answer.Content.Headers.ContentRange?.Length > part.Length;

        async Task<T> Try<T>(Func<Task<T>> step)
        {
            silence.CancelAfter(options.Patience);
            try
            {
                return await step().ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                throw new ConnectionBrokenException($"The connection broke: {e.Message}", e);
            }
            catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
            {
                throw new ConnectionBrokenException(
                    $"The server was silent for {options.Patience.TotalSeconds:N0} seconds.", e);
            }
        }
    }

    private static HttpRequestMessage Request(Uri address, PartFile part)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (part.Length == 0)
            return request;
        request.Headers.Range = new RangeHeaderValue(part.Length, null);
        if (EntityTagHeaderValue.TryParse(part.TagOf(address), out var tag))
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        return request;
    }

    /// <summary>
    /// Checks that the response continues where the part ends; a part that does not match is started again.
    /// </summary>
    private void Begin(HttpResponseMessage answer, Uri address, PartFile part)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                if (part.Length > 0)
                    options.Log(
                        $"{address}: the server sends the whole file, not the rest; the download starts again.");
                part.Restart(address, answer.Headers.ETag is { IsWeak: false } tag ? tag.ToString() : null);
                return;
            case HttpStatusCode.PartialContent when answer.Content.Headers.ContentRange?.From == part.Length:
                return;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Restart(address, null);
                throw new ConnectionBrokenException("The server does not have that part of the file.");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError:
                throw new ConnectionBrokenException($"The server answered {Status(answer)}.");
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw new DlException(
                    "DownloadNotFound", DlErrorKind.NotFound, $"There is no file {address} ({Status(answer)}).",
                    address);
            default:
                throw new DlException(
                    "DownloadRefused", DlErrorKind.NotAvailable, $"The server refuses {address}: {Status(answer)}.",
                    address);
        }
    }

    private static string Status(HttpResponseMessage answer) =>
        $"{(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd();

    private static HttpClient MakeClient()
    {
        var version = typeof(Downloader).Assembly.GetName().Version!.ToString(3);
        return new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(30) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("DeepPS", version) } },
        };
    }

    /// <summary>The connection broke, or the server is not available now: a retry may succeed.</summary>
    private sealed class ConnectionBrokenException(string message, Exception? inner = null) : Exception(message, inner);
}
