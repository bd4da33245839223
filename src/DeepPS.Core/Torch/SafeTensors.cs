using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>The safetensors file format: eight bytes of header length, a JSON header of names, types, shapes and
/// offsets, then the values, little-endian. Source: https://github.com/huggingface/safetensors, "Format".</summary>
internal static class SafeTensors
{
    private const string MetadataName = "__metadata__";
    private const long HeaderLimit = 100_000_000;

    private static readonly (string Name, ScalarType Type)[] Types =
    [
        ("F64", ScalarType.Float64), ("F32", ScalarType.Float32), ("F16", ScalarType.Float16),
        ("BF16", ScalarType.BFloat16),
        ("I64", ScalarType.Int64), ("I32", ScalarType.Int32), ("I16", ScalarType.Int16), ("I8", ScalarType.Int8),
        ("U8", ScalarType.Byte), ("BOOL", ScalarType.Bool),
    ];

    /// <summary>Writes tensors and text metadata.</summary>
    public static void Write(Stream stream, IEnumerable<(string Name, Tensor Value)> tensors,
        IReadOnlyDictionary<string, string> metadata)
    {
        using var scope = NewDisposeScope();
        var values = tensors.Select(t => (t.Name, Value: t.Value.detach().cpu().contiguous())).ToArray();
        var text = metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value));
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
        var padded = new byte[(json.Length + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded.Length);
        stream.Write(length);
        stream.Write(padded);
        foreach (var (_, value) in values)
            stream.Write(value.bytes);
    }

    /// <summary>Reads all tensors and the metadata.</summary>
    /// <exception cref="InvalidDataException">The file has another format, or is truncated.</exception>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(Stream stream)
    {
        var header = ReadHeader(stream, out var dataStart);
        var metadata = new Dictionary<string, string>();
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            foreach (var (name, node) in header)
            {
                if (name == MetadataName)
                    foreach (var (key, value) in node!.AsObject())
                        metadata[key] = value!.GetValue<string>();
                else
                    tensors[name] = ReadTensor(stream, dataStart, name, node!);
            }
        }
        catch (Exception e) when (
            e is InvalidOperationException or FormatException or NullReferenceException or InvalidDataException)
        {
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
            throw e as InvalidDataException ?? new InvalidDataException("its header does not describe tensors", e);
        }

        return (tensors, metadata);
    }

    private static JsonObject ReadHeader(Stream stream, out long dataStart)
    {
        var length = new byte[8];
        if (stream.ReadAtLeast(length, 8, throwOnEndOfStream: false) < 8)
            throw new InvalidDataException("it is shorter than a header");
        var size = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (size is < 2 or > HeaderLimit)
            throw new InvalidDataException("it does not begin with a header's length");
        if (size > stream.Length - 8)
            throw new InvalidDataException($"its header of {size} bytes is cut short");
        var json = new byte[size];
        stream.ReadExactly(json);
        dataStart = 8 + size;
        try
        {
            return JsonNode.Parse(json)!.AsObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new InvalidDataException("its header is not JSON", e);
        }
    }

    private static Tensor ReadTensor(Stream stream, long dataStart, string name, JsonNode node)
    {
        var type = Types.First(t => t.Name == node["dtype"]!.GetValue<string>()).Type;
        var shape = node["shape"]!.AsArray().Select(size => size!.GetValue<long>()).ToArray();
        var begin = node["data_offsets"]![0]!.GetValue<long>();
        var end = node["data_offsets"]![1]!.GetValue<long>();
        if (begin < 0 || end < begin || dataStart + end > stream.Length)
            throw new InvalidDataException(
                $"the values of '{name}' are cut short: {dataStart + end} bytes needed, {stream.Length} there");
        var tensor = empty(shape, dtype: type).DetachFromDisposeScope();
        var values = tensor.bytes;
        if (values.Length != end - begin)
        {
            tensor.Dispose();
            throw new InvalidDataException(
                $"'{name}' has {end - begin} bytes, but its shape and type need {values.Length}");
        }

        stream.Position = dataStart + begin;
        stream.ReadExactly(values);
        return tensor;
    }
}
