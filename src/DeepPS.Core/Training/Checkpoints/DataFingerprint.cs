using System.Globalization;
using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Training;

/// <summary>Identifies data by its columns, its number of rows, and a hash of every value.</summary>
internal static class DataFingerprint
{
    /// <summary>The fingerprint of the training and the validation part.</summary>
    public static JsonObject Of(Dataset training, Dataset? validation) => new()
    {
        ["training"] = Of(training),
        ["validation"] = validation is null ? null : Of(validation),
    };

    /// <summary>Describes how two fingerprints differ; null: they are equal.</summary>
    public static string? Difference(JsonObject before, JsonObject now)
    {
        foreach (var part in new[] { "training", "validation" })
        {
            var (was, has) = (before[part] as JsonObject, now[part] as JsonObject);
            if (was is null || has is null)
            {
                if (was is not null || has is not null)
                    return $"there {(was is null ? "was" : "is")} no {part} part";
                continue;
            }

            foreach (var property in new[] { "columns", "rows" })
                if (!JsonNode.DeepEquals(was[property], has[property]))
                    return $"{property} of the {part} part were {was[property]?.Write() ?? "unknown"} and are "
                        + has[property]?.Write();
            if (!JsonNode.DeepEquals(was["hash"], has["hash"]))
                return $"values of the {part} part differ, or their order does";
        }

        return null;
    }

    private static JsonObject Of(Dataset data)
    {
        var hash = new ValueHash();
        foreach (var column in data.Columns)
            column.AddTo(hash);
        return new JsonObject
        {
            ["columns"] = string.Join(", ", data.Columns.Select(column => $"{column.Name} ({column.Kind})")),
            ["rows"] = data.Count,
            ["hash"] = hash.Value.ToString("x8", CultureInfo.InvariantCulture),
        };
    }
}
