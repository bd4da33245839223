using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>The safetensors file format: eight bytes of header length, a JSON header of names, types, shapes and
/// offsets, then the values, little-endian. Source: https://github.com/huggingface/safetensors, "Format". A file may
/// have the SHA-256 of all its bytes in its metadata, which other readers ignore.</summary>
internal static class SafeTensors
{
    /// <summary>The name of the metadata in the header.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The name of the checksum in the metadata: SHA-256 of the file with zeros in its place.</summary>
    public const string HashKey = "deepps-sha256";

    private static readonly byte[] HashMark = Encoding.UTF8.GetBytes($"\"{HashKey}\":\"");

    private static readonly (string Name, ScalarType Type, int Bytes)[] Types =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2), ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4),
        ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1), ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>The number of hexadecimal digits of a checksum.</summary>
    public static int HashDigits => 2 * SHA256.HashSizeInBytes;

    /// <summary>Writes tensors and text metadata.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Text by name.</param>
    /// <param name="hashed">Whether the metadata gets a checksum.</param>
    public static void Write(Stream stream, IEnumerable<(string Name, Tensor Value)> tensors,
        IReadOnlyDictionary<string, string> metadata, bool hashed = false)
    {
        using var scope = NewDisposeScope();
        var values = tensors.Select(t => (t.Name, Value: t.Value.detach().cpu().contiguous())).ToArray();
        var text = metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value));
        if (hashed)
            text = text.Append(KeyValuePair.Create(HashKey, (JsonNode?)new string('0', HashDigits)));
        var header = new JsonObject { [MetadataName] = new JsonObject(text) };
        long offset = 0;
        foreach (var (name, value) in values)
        {
            var end = offset + value.bytes.Length;
            header[name] = new JsonObject
            {
                ["dtype"] = Types.First(t => t.Type == value.dtype).Name,
                ["shape"] = new JsonArray(value.shape.Select(size => (JsonNode)size).ToArray()),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var beginning = new byte[8 + (json.Length + 7) / 8 * 8];
        beginning.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(beginning, beginning.Length - 8);
        json.CopyTo(beginning, 8);
        if (hashed)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(beginning);
            foreach (var (_, value) in values)
                hash.AppendData(value.bytes);
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset())).CopyTo(HashIn(beginning));
        }

        stream.Write(beginning);
        foreach (var (_, value) in values)
            stream.Write(value.bytes);
    }

    /// <summary>The digits of the checksum in the bytes of a header; empty if it has none.</summary>
    internal static Span<byte> HashIn(Span<byte> header)
    {
        // Quotes within texts are escaped, so this is a property of an object, and only the metadata's are text.
        var at = header.IndexOf(HashMark);
        return at < 0 || at + HashMark.Length + HashDigits > header.Length ? []
            : header.Slice(at + HashMark.Length, HashDigits);
    }

    /// <summary>The type of a name and the bytes of one of its values; null if it is unknown.</summary>
    internal static (ScalarType Type, int Bytes)? TypeOf(string name) =>
        Array.Find(Types, type => type.Name == name) is { Name: not null } found ? (found.Type, found.Bytes) : null;
}
