using System.Globalization;
using System.Text;

namespace DeepPS.Data;

/// <summary>
/// The entries of a tar archive, in the formats of POSIX (ustar, pax) and GNU, read from start to end with little
/// memory. .NET's own reader takes as much memory as an entry with a long name claims to need.
/// </summary>
/// <param name="archive">The archive.</param>
internal sealed class TarContent(Stream archive) : ReadOnlyStream
{
    private const int Block = 512;

    /// <summary>The longest text of an entry that describes the next one.</summary>
    private const int LongestDescription = 1 << 20;

    private readonly byte[] header = new byte[Block];
    private long left, padding;

    /// <summary>The name of the current entry.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Moves to the next file; folders and links are skipped.</summary>
    /// <returns>False at the end of the archive.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public bool MoveNext()
    {
        string? longName = null;
        long? longSize = null;
        while (true)
        {
            Skip(left + padding);
            (left, padding) = (0, 0);
            var count = archive.ReadAtLeast(header, Block, throwOnEndOfStream: false);
            if (count == 0)
                throw new InvalidDataException("it ends without the mark of its end");
            if (count == Block && !header.AsSpan().ContainsAnyExcept((byte)0))
                return false;
            if (count < Block || !HasChecksum())
                throw new InvalidDataException("an entry's header is not valid");
            var type = (char)header[156];
            left = type is 'x' or 'g' or 'L' or 'K' ? Number(124, 12) : longSize ?? Number(124, 12);
            padding = (Block - left % Block) % Block;
            if (type is 'x' or 'L')
            {
                var text = ReadDescription();
                if (type == 'L')
                    longName = text.TrimEnd('\0');
                else
                    (longName, longSize) = Described(text, longName, longSize);
                continue;
            }

            if (type is 'g' or 'K')
                continue;
            Name = longName ?? Text(0, 100);
            (longName, longSize) = (null, null);
            if (type is '0' or '\0' or '7')
                return true;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (left == 0)
            return 0;
        var count = archive.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
        if (count == 0 && !buffer.IsEmpty)
            throw new InvalidDataException("an entry is cut short");
        left -= count;
        return count;
    }

    private void Skip(long bytes)
    {
        var buffer = new byte[(int)Math.Min(bytes, 1 << 16)];
        while (bytes > 0)
        {
            var count = archive.Read(buffer.AsSpan(0, (int)Math.Min(bytes, buffer.Length)));
            if (count == 0)
                throw new InvalidDataException("an entry is cut short");
            bytes -= count;
        }
    }

    private string ReadDescription()
    {
        if (left > LongestDescription)
            throw new InvalidDataException($"an entry's name takes {left:N0} bytes");
        var bytes = new byte[left];
        this.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Records of <c>length name=value\n</c>.</summary>
    private static (string? Name, long? Size) Described(string text, string? name, long? size)
    {
        foreach (var record in text.Split('\n'))
        {
            var value = record[(record.IndexOf(' ') + 1)..];
            if (value.StartsWith("path=", StringComparison.Ordinal))
                name = value["path=".Length..];
            else if (value.StartsWith("size=", StringComparison.Ordinal))
                size = long.TryParse(value.AsSpan("size=".Length), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var bytes) ? bytes : throw new InvalidDataException("an entry's size is not a number");
        }

        return (name, size);
    }

    /// <summary>The sum of all bytes of a header, with spaces for the checksum itself.</summary>
    private bool HasChecksum()
    {
        var sum = (long)' ' * 8;
        for (var i = 0; i < Block; i++)
            sum += i is >= 148 and < 156 ? 0 : header[i];
        return Number(148, 8) == sum;
    }

    /// <summary>A number in octal digits, or in GNU's form for large ones: big-endian, its first bit set.</summary>
    private long Number(int at, int length)
    {
        var bytes = header.AsSpan(at, length);
        var number = 0L;
        if ((bytes[0] & 0x80) != 0)
        {
            foreach (var value in bytes[^8..])
                number = number << 8 | value;
        }
        else
        {
            foreach (var digit in Text(at, length).Trim(' '))
                number = digit is >= '0' and <= '7' ? number << 3 | (uint)(digit - '0')
                    : throw new InvalidDataException("an entry's header is not valid");
        }

        return number >= 0 ? number : throw new InvalidDataException("an entry's size is negative");
    }

    private string Text(int at, int length)
    {
        var bytes = header.AsSpan(at, length);
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
