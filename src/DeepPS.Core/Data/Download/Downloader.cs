using System.Net;
using System.Net.Http.Headers;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Gets files over HTTP. What has come of a file stays beside its place until it is whole: after a break, in this run or in a
/// later one, the server is asked for the rest alone. A file takes its place only with the right size and checksum.
/// </summary>
internal sealed class Downloader(DownloadOptions options)
{
    private static readonly HttpClient Client = MakeClient();

    /// <summary>Gets a file from the first of its addresses that has it.</summary>
    /// <param name="folders">Where it may be: a folder's address, which the file's name completes.</param>
    /// <param name="file">The file.</param>
    /// <param name="path">Its place on disk.</param>
    /// <param name="cancel">Ends it; what has come stays.</param>
    /// <exception cref="DlException"><c>DownloadNotFound</c>, <c>DownloadRefused</c>, <c>DownloadFailed</c>: there is none of that
    /// name, the server refuses it, the connection breaks each time; <c>WrongChecksum</c>: it is not the file that was published;
    /// <c>DownloadInUse</c>, <c>FileNotWritable</c>.</exception>
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
            catch (DlException e) when (e.Id is "DownloadNotFound" or "DownloadRefused" or "DownloadFailed" or "WrongChecksum")
            {
                failures.Add(e);
                options.Log(e.Message);
            }
        }

        throw failures is [var one] ? one : new DlException(failures[0].Id, failures[0].Kind,
            $"'{file.Name}' could not be had from any of {failures.Count} addresses. " + string.Join(" ", failures.Select(e => e.Message)),
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
            options.Log($"'{file.Name}' does not fit together with what an earlier download left; it is downloaded anew.");
            part.Restart(address, null);
            resumed = false;
        }

        part.Discard();
        throw new DlException("WrongChecksum", DlErrorKind.InvalidData,
            $"{address} is not the file '{file.Name}' that was published: its checksum is not {file.Checksum}, or its size not "
            + $"{file.Size:N0} bytes. Nothing of it was kept.", address);
    }

    /// <summary>Gets what is missing of a file, over as many connections as it takes.</summary>
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
                        $"{address} could not be had: {e.Message} {part.Length:N0} of {file.Size:N0} bytes have come; the same command "
                        + "goes on from there.", address, e.InnerException);
                options.Log($"{address}: {e.Message} Retry {retry} of {options.Retries}, from byte {part.Length:N0}.");
                cancel.WaitHandle.WaitOne(options.Pause(retry));
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Receives what one answer of the server has, until it is read to its end or the file is longer than it should be.</summary>
    /// <returns>Whether the server has more of it than it gave.</returns>
    private async Task<bool> ReceiveAsync(Uri address, KnownFile file, PartFile part, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var answer = await Try(() => Client.SendAsync(Request(address, part), HttpCompletionOption.ResponseHeadersRead, silence.Token));
        Begin(answer, address, part);
        var before = part.Length;
        await using var body = await Try(() => answer.Content.ReadAsStreamAsync(silence.Token));
        var buffer = new byte[1 << 16];
        while (part.Length <= file.Size && await Try(() => body.ReadAsync(buffer, silence.Token).AsTask()) is > 0 and var count)
        {
            part.Append(buffer.AsSpan(0, count));
            options.Progress(file, part.Length);
        }

        if (part.Length < file.Size && (answer.Content.Headers.ContentLength is null || part.Length == before))
            throw new ConnectionBrokenException("The answer ended early.");
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
                throw new ConnectionBrokenException($"The server was silent for {options.Patience.TotalSeconds:N0} seconds.", e);
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

    /// <summary>Makes sure that a body follows which goes on where the part ends; a part that does not fit is begun anew.</summary>
    private void Begin(HttpResponseMessage answer, Uri address, PartFile part)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                if (part.Length > 0)
                    options.Log($"{address}: the server gives the whole file, not the rest; it is downloaded from its start.");
                part.Restart(address, answer.Headers.ETag is { IsWeak: false } tag ? tag.ToString() : null);
                return;
            case HttpStatusCode.PartialContent when answer.Content.Headers.ContentRange?.From == part.Length:
                return;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Restart(address, null);
                throw new ConnectionBrokenException("The server has no such rest of the file.");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new ConnectionBrokenException($"The server answered {Status(answer)}.");
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw new DlException("DownloadNotFound", DlErrorKind.NotFound, $"There is no file {address} ({Status(answer)}).", address);
            default:
                throw new DlException("DownloadRefused", DlErrorKind.NotAvailable, $"The server refuses {address}: {Status(answer)}.", address);
        }
    }

    private static string Status(HttpResponseMessage answer) => $"{(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd();

    private static HttpClient MakeClient()
    {
        var version = typeof(Downloader).Assembly.GetName().Version!.ToString(3);
        return new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(30) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("DeepPS", version) } },
        };
    }

    /// <summary>The connection ended before its time, or the server cannot answer now: it may be tried again.</summary>
    private sealed class ConnectionBrokenException(string message, Exception? inner = null) : Exception(message, inner);
}
