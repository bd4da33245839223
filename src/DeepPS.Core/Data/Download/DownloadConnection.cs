using System.Net;
using System.Net.Http.Headers;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Receives files, or the rest of them, over HTTP.</summary>
internal sealed class DownloadConnection(DownloadOptions options)
{
    private static readonly HttpClient Client = MakeClient();

    /// <summary>Receives one response of the server, to its end or until the file is too long.</summary>
    /// <returns>Whether the server has more of the file than it sent.</returns>
    public async Task<bool> ReceiveAsync(Uri address, KnownFile file, PartFile part, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var answer = await Try(() => Client.SendAsync(
            Request(address, part), HttpCompletionOption.ResponseHeadersRead, silence.Token));
        Begin(answer, address, part);
        var before = part.Length;
        await using var body = await Try(() => answer.Content.ReadAsStreamAsync(silence.Token));
        var buffer = new byte[1 << 16];
        while (part.Length <= (file.Size ?? long.MaxValue)
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
                throw new DownloadException("DownloadNotFound", DlErrorKind.NotFound,
                    $"There is no file {address} ({Status(answer)}).", address);
            default:
                throw new DownloadException("DownloadRefused", DlErrorKind.NotAvailable,
                    $"The server refuses {address}: {Status(answer)}.", address);
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
}

/// <summary>The connection broke, or the server is not available now: a retry may succeed.</summary>
internal sealed class ConnectionBrokenException(string message, Exception? inner = null) : Exception(message, inner);
