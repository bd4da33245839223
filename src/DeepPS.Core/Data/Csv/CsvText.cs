using System.Text;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// The text of a file, gzipped or not, as UTF-8 without a byte order mark, whatever its own encoding.
/// </summary>
internal sealed class CsvText : ReadOnlyStream
{
    private const int Peeked = 1 << 16;
    private readonly string path;
    private readonly DataFile file;
    private readonly Stream text;

    private CsvText(string path, DataFile file, Stream text, Encoding encoding, bool isGuess)
    {
        this.path = path;
        this.file = file;
        this.text = text;
        Encoding = encoding;
        IsGuess = isGuess;
    }

    /// <summary>The file's own encoding.</summary>
    public Encoding Encoding { get; }

    /// <summary>Whether UTF-8 is a guess from the first bytes that later ones may disprove.</summary>
    public bool IsGuess { get; }

    /// <summary>The number of bytes of the text, where it is known; else 0.</summary>
    public long Size => file.IsCompressed ? 0 : file.FileSize;

    /// <summary>The number of bytes of the text that were read.</summary>
    public long Given { get; private set; }

    /// <summary>The share of the file that was read, from 0 to 1.</summary>
    public double Fraction => file.Fraction;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Its encoding; null: detected.</param>
    public static CsvText Open(string path, Encoding? encoding)
    {
        var file = DataFile.Open(path);
        try
        {
            var peeked = new PeekedStream(file, Peeked);
            RefusePacked(path, peeked.Peeked);
            var (found, isGuess) = CsvEncoding.Of(peeked, encoding);
            return new CsvText(path, file, found.CodePage == CsvEncoding.Utf8.CodePage ? peeked
                : Encoding.CreateTranscodingStream(peeked, found, CsvEncoding.Utf8), found, isGuess);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = text.Read(buffer);
        Given += count;
        return count;
    }

    /// <summary>Reads a gzip file to its end, which reveals one that was cut short.</summary>
    public void EnsureWhole() => file.EnsureWhole();

    public DlException InvalidCsv(string why, Exception? cause = null) => InvalidCsv(path, why, cause);

    private static DlException InvalidCsv(string path, string why, Exception? cause = null) =>
        new("InvalidCsv", DlErrorKind.InvalidData, $"'{path}' cannot be read as CSV: {why}", path, cause);

    /// <summary>Refuses files that are text only after they were unpacked.</summary>
    private static void RefusePacked(string path, ReadOnlySpan<byte> first)
    {
        if (first.StartsWith("PK\x03\x04"u8))
            throw InvalidCsv(path, "it is a ZIP archive or an Excel file. Use Expand-Archive, or save the sheet as "
                + "CSV, and read the file from that.");
        if (first.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            throw InvalidCsv(path, "it was compressed twice. Decompress it once.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }
}
