using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace DeepPS.Tests;

/// <summary>A small local HTTP server that serves files, and fails where a test sets it.</summary>
internal sealed partial class FileServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<string> requests = [];

    public FileServer()
    {
        listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/set/");

    /// <summary>The files under <see cref="Address"/>, by name.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Whether it serves parts of a file.</summary>
    public bool Ranges { get; init; } = true;

    /// <summary>The entity tag of each file; null: none is sent.</summary>
    public string? Tag { get; set; }

    /// <summary>The numbers of bytes after which the connection breaks, one for each response.</summary>
    public Queue<int> Cuts { get; init; } = new();

    /// <summary>The status of the next responses, instead of the file.</summary>
    public Queue<string> Statuses { get; init; } = new();

    /// <summary>The largest number of bytes in a response to a request for a part.</summary>
    public int MostAtOnce { get; init; } = int.MaxValue;

    /// <summary>The requests: the file's name and the first byte.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
                return requests.ToArray();
        }
    }

    /// <summary>The last credentials of a request.</summary>
    public string? Authorization { get; private set; }

    public void Dispose() => listener.Dispose();

    private void Serve()
    {
        try
        {
            while (true)
            {
                using var client = listener.AcceptTcpClient();
                Answer(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private void Answer(Stream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var lines = new List<string>();
            while (reader.ReadLine() is { Length: > 0 } line)
                lines.Add(line);
            if (lines.Count > 0)
                Answer(stream, lines);
        }
        catch (IOException)
        {
        }
    }

    private void Answer(Stream stream, List<string> lines)
    {
        var name = Name().Match(lines[0]).Groups[1].Value;
        var range = Range().Match(string.Join('\n', lines));
        var from = range.Success ? int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        var tag = Header("If-Range", lines);
        Authorization = Header("Authorization", lines) ?? Authorization;
        lock (requests)
            requests.Add(range.Success ? $"{name} from {from}" + (tag is null ? "" : $" if {tag}") : name);
        if (Statuses.TryDequeue(out var status))
            Send(stream, status, [], null, "");
        else if (!Files.TryGetValue(name, out var file))
            Send(stream, "404 Not Found", "no such file"u8.ToArray(), null, "");
        else if (range.Success && Ranges && (tag is null || tag == Tag))
            SendPart(stream, file, from);
        else
            Send(stream, "200 OK", file, Cuts.TryDequeue(out var cut) ? cut : null, "");
    }

    private void SendPart(Stream stream, byte[] file, int from)
    {
        if (from >= file.Length)
        {
            Send(stream, "416 Range Not Satisfiable", [], null, $"Content-Range: bytes */{file.Length}\r\n");
            return;
        }

        var part = file.AsSpan(from, Math.Min(MostAtOnce, file.Length - from)).ToArray();
        Send(stream, "206 Partial Content", part, Cuts.TryDequeue(out var cut) ? cut : null,
            $"Content-Range: bytes {from}-{from + part.Length - 1}/{file.Length}\r\n");
    }

    private void Send(Stream stream, string status, byte[] body, int? cut, string headers)
    {
        var tag = Tag is null ? "" : $"ETag: {Tag}\r\n";
        stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: "
            + $"{body.Length}\r\n{headers}{tag}Connection: close\r\n\r\n"));
        stream.Write(body.AsSpan(0, Math.Min(body.Length, cut ?? body.Length)));
        stream.Flush();
    }

    private static string? Header(string name, List<string> lines) => lines
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..]
            .Trim();

    [GeneratedRegex("^GET /set/([^ ]*) HTTP")]
    private static partial Regex Name();

    [GeneratedRegex("^Range: bytes=([0-9]+)-", RegexOptions.Multiline)]
    private static partial Regex Range();
}
