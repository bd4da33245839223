using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using DeepPS.Data;

namespace DeepPS.Training;

/// <summary>Identifies data by its columns, its number of rows, and a hash of all values.</summary>
internal static class DataFingerprint
{
    /// <summary>Even, so that pieces of every type are whole words of eight bytes.</summary>
    private const int ValuesAtOnce = 1 << 20;

    /// <summary>The fingerprint of the training and the validation data.</summary>
    public static JsonObject Of(Dataset training, Dataset? validation) => new()
    {
        ["training"] = Of(training),
        ["validation"] = validation is null ? null : Of(validation),
    };

    /// <summary>Describes the first difference between two fingerprints; null: there is none.</summary>
    public static string? Difference(JsonObject before, JsonObject now)
    {
        foreach (var part in new[] { "training", "validation" })
        {
            var (was, has) = (before[part], now[part]);
            if (was is null || has is null)
            {
                if (was is not null || has is not null)
                    return $"there {(was is null ? "was" : "is")} no {part} part";
                continue;
            }

            foreach (var property in new[] { "columns", "rows" })
                if (!JsonNode.DeepEquals(was[property], has[property]))
                    return $"{property} of the {part} part were {was[property]!.ToJsonString()} and are "
                        + has[property]!.ToJsonString();
            if (!JsonNode.DeepEquals(was["hash"], has["hash"]))
                return $"values of the {part} part are different, or in another order";
        }

        return null;
    }

    private static JsonObject Of(Dataset data)
    {
        var hash = 0u;
        foreach (var column in data.Columns)
            hash = Add(hash, column);
        return new JsonObject
        {
            ["columns"] = string.Join(", ", data.Columns.Select(column => $"{column.Name} ({column.Kind})")),
            ["rows"] = data.Count,
            ["hash"] = hash.ToString("x8", CultureInfo.InvariantCulture),
        };
    }

    private static uint Add(uint hash, Column column) => column switch
    {
        NumberColumn numbers => Add(hash, numbers.Values),
        CategoryColumn names => Add(Add(hash, names.Codes), names.Levels),
        TimeColumn times => Add(hash, times.Ticks),
        ImageColumn images => Add(hash, images.Pixels),
        ImageFileColumn files =>
            Add(hash, files.Paths.Select(path => $"{Path.GetFileName(path)} {new FileInfo(path).Length}")),
        TensorColumn arrays => Add<float>(hash, arrays.Values),
        WindowColumn windows => windows.Covered().Aggregate(Add(hash, MemoryMarshal.AsBytes(windows.Ends)),
            (sum, step) => Add(sum, MemoryMarshal.AsBytes(windows.Store.Of(step)))),
        TokenColumn names => Add(Add<int>(hash, names.Codes), names.Levels),
        _ => throw new InvalidOperationException($"No fingerprint for columns of kind {column.Kind}"),
    };

    private static uint Add(uint hash, IEnumerable<string> levels) =>
        levels.Aggregate(hash, (sum, level) => Add(sum, Encoding.UTF8.GetBytes(level)));

    /// <summary>Adds values in pieces, because together they may have more bytes than a span can.</summary>
    private static uint Add<T>(uint hash, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (; values.Length > ValuesAtOnce; values = values[ValuesAtOnce..])
            hash = Add(hash, MemoryMarshal.AsBytes(values[..ValuesAtOnce]));
        return Add(hash, MemoryMarshal.AsBytes(values));
    }

    /// <summary>CRC-32C, for which processors have an instruction.</summary>
    private static uint Add(uint hash, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            hash = BitOperations.Crc32C(hash, word);
        foreach (var last in bytes[(words.Length * sizeof(ulong))..])
            hash = BitOperations.Crc32C(hash, last);
        return hash;
    }
}
