using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>
/// A safetensors file whose header was read and checked. No tensor is made before its size is known to be in the file.
/// </summary>
internal sealed class SafeTensorsFile
{
    private const long LongestHeader = 100_000_000;
    private const int MostAxes = 64;

    private readonly Stream stream;
    private readonly byte[] beginning;
    private readonly long end;
    private readonly Dictionary<string, Entry> entries = [];

    private SafeTensorsFile(Stream stream, int trailing)
    {
        this.stream = stream;
        end = stream.Length - trailing;
        beginning = ReadBeginning();
        var header = SafeJson.Parse(beginning.AsSpan(8));
        foreach (var (name, node) in header)
            if (node is null)
                throw new InvalidDataException($"'{name}' in its header is empty");
            else if (name == SafeTensors.MetadataName)
                Metadata = node.AsFields().Select(pair => pair.Key).ToDictionary(key => key, key => node.Text(key));
            else
                entries[name] = Entry.Of(name, node);
        CheckPlaces();
    }

    /// <summary>Texts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>Whether the file has a checksum of its own.</summary>
    public bool IsHashed => Metadata.ContainsKey(SafeTensors.HashKey);

    /// <summary>Reads the header of a file.</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <param name="trailing">The number of bytes after the file's own.</param>
    /// <exception cref="InvalidDataException">It has another format, or is damaged.</exception>
    public static SafeTensorsFile Open(Stream stream, int trailing = 0) => new(stream, trailing);

    /// <summary>The sizes of a tensor; null if there is none of that name.</summary>
    public IReadOnlyList<long>? SizesOf(string name) => entries.GetValueOrDefault(name)?.Sizes;

    /// <summary>Compares the file with its own checksum.</summary>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public void CheckHash()
    {
        var header = beginning.ToArray();
        var digits = SafeTensors.HashIn(header);
        var written = Encoding.ASCII.GetString(digits);
        digits.Fill((byte)'0');
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        stream.Position = header.Length;
        var buffer = new byte[1 << 18];
        for (var left = end - header.Length; left > 0;)
        {
            var count = stream.Read(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
            if (count == 0)
                throw new InvalidDataException("it ends too early");
            hash.AppendData(buffer.AsSpan(0, count));
            left -= count;
        }

        if (written != Convert.ToHexStringLower(hash.GetHashAndReset()))
            throw new InvalidDataException("its checksum is wrong, so it was changed after it was written");
    }

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public Tensor Read(string name)
    {
        var entry = entries.GetValueOrDefault(name)
            ?? throw new InvalidDataException($"the values of '{name}' are not in it");
        var tensor = empty(entry.Sizes, dtype: entry.Type).DetachFromDisposeScope();
        try
        {
            stream.Position = beginning.Length + entry.Begin;
            stream.ReadExactly(tensor.bytes);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Reads all tensors.</summary>
    public Dictionary<string, Tensor> ReadAll()
    {
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            foreach (var name in entries.Keys)
                tensors[name] = Read(name);
            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
            throw;
        }
    }

    private byte[] ReadBeginning()
    {
        var length = new byte[8];
        if (stream.ReadAtLeast(length, 8, throwOnEndOfStream: false) < 8)
            throw new InvalidDataException("it is shorter than a header");
        var size = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (size is < 2 or > LongestHeader)
            throw new InvalidDataException("it does not begin with a header's length");
        if (size > end - 8)
            throw new InvalidDataException($"its header of {size:N0} bytes is cut short");
        var bytes = new byte[8 + size];
        length.CopyTo(bytes, 0);
        stream.ReadExactly(bytes.AsSpan(8));
        return bytes;
    }

    /// <summary>
    /// As the format says, the values follow each other without gaps: many tensors cannot claim the same bytes.
    /// </summary>
    private void CheckPlaces()
    {
        var at = 0L;
        foreach (var (name, entry) in entries.OrderBy(pair => pair.Value.Begin).ThenBy(pair => pair.Value.End))
        {
            if (entry.Begin != at)
                throw new InvalidDataException(
                    $"the values of '{name}' begin at byte {entry.Begin:N0}, but those before end at byte {at:N0}");
            at = entry.End;
        }

        if (at != end - beginning.Length)
            throw new InvalidDataException(
                $"it needs {at:N0} bytes of values, but has {end - beginning.Length:N0}");
    }

    /// <summary>A tensor in the header.</summary>
    private sealed record Entry(ScalarType Type, long[] Sizes, long Begin, long End)
    {
        public static Entry Of(string name, JsonNode json)
        {
            var (type, each) = SafeTensors.TypeOf(json.Text("dtype"))
                ?? throw new InvalidDataException($"'{name}' is of type {json.Text("dtype")}, which is not supported");
            var sizes = json.List("shape").Select(size => size.AsLong()).ToArray();
            if (json.List("data_offsets").Select(place => place.AsLong()).ToArray() is not [var begin, var end]
                || end < begin)
                throw new InvalidDataException($"'{name}' has no place in it");
            if (sizes.Length > MostAxes || BytesOf(sizes, each) != (UInt128)(end - begin))
                throw new InvalidDataException(
                    $"'{name}' has {end - begin:N0} bytes, which its shape {string.Join("x", sizes)} and type do not "
                    + "fit");
            return new Entry(type, sizes, begin, end);
        }

        private static UInt128 BytesOf(long[] sizes, int each)
        {
            if (sizes.Contains(0))
                return 0;
            var bytes = (UInt128)each;
            // A product above 2^63 stays above it, so that it does not overflow.
            foreach (var size in sizes)
                bytes = UInt128.Min(bytes, long.MaxValue) * (UInt128)size;
            return bytes;
        }
    }
}
