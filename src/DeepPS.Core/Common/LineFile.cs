using System.Text;

namespace DeepPS.Common;

/// <summary>
/// A text file to which lines are appended while others read it. After a crash each line is complete or missing, except
/// for a last one that a full disk cut short; <see cref="Repair"/> removes that.
/// </summary>
/// <param name="path">The file. Its folder must exist before the first line is appended.</param>
public sealed class LineFile(string path)
{
    private const int LongestLine = 1 << 16;

    /// <summary>Whether the file is missing or has no text yet.</summary>
    public bool IsEmpty => new FileInfo(path) is not { Exists: true, Length: > 0 };

    /// <summary>Appends lines with a single write call, so that a crash leaves all of the text or none of it.</summary>
    /// <param name="lines">One or more lines, each with its line feed at the end.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(string lines)
    {
        using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, SharedFile.Any, bufferSize: 0);
        var length = stream.Length;
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(lines));
        }
        catch (IOException)
        {
            // A full disk may take the beginning: without it the lines can be appended again.
            stream.SetLength(length);
            throw;
        }
    }

    /// <summary>Cuts off an incomplete last line.</summary>
    /// <returns>The last complete line; null if there is none.</returns>
    public string? Repair()
    {
        if (!File.Exists(path))
            return null;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, SharedFile.Any);
        var text = new StreamReader(stream).ReadToEnd();
        var complete = text.LastIndexOf('\n') + 1;
        if (complete < text.Length)
            stream.SetLength(Encoding.UTF8.GetByteCount(text.AsSpan(0, complete)));
        return Lines(text).LastOrDefault();
    }

    /// <summary>
    /// The first line and the last complete one, also while the file is being written. However long the file is, only
    /// its two ends are read.
    /// </summary>
    /// <returns>Null if the file cannot be read or has fewer than two complete lines.</returns>
    public (string First, string Last)? Ends()
    {
        using var stream = SharedFile.OpenRead(path);
        if (stream is null)
            return null;
        // The file may grow meanwhile: what is added is not read.
        var length = stream.Length;
        var first = Lines(Read(stream, 0, length));
        var last = Lines(Read(stream, length - LongestLine, length));
        return first.Length == 0 || last.Length < 2 ? null : (first[0], last[^1]);
    }

    private static string Read(Stream stream, long from, long length)
    {
        stream.Position = Math.Max(0, from);
        var bytes = new byte[Math.Min(LongestLine, length - stream.Position)];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    /// <summary>Deletes the file if it exists.</summary>
    public void Delete() => File.Delete(path);

    private static string[] Lines(string text) =>
        text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
