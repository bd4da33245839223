using System.Text.Json.Nodes;

namespace DeepPS;

/// <summary>Writes and reads a <see cref="DataPlan"/>.</summary>
internal static class PlanJson
{
    private const int Version = 2;

    public static JsonObject Write(DataPlan plan) => new()
    {
        ["version"] = Version,
        ["columns"] = new JsonArray(plan.Columns.Select(WriteColumn).ToArray()),
        ["inputs"] = new JsonArray(plan.InputNames.Select(name => (JsonNode)name).ToArray()),
        ["label"] = plan.Label is not { } label ? null : new JsonObject
        {
            ["name"] = label.Name,
            ["kind"] = label.Kind.ToString(),
            ["shape"] = ShapeJson.Write(label.Shape),
            ["isInput"] = label.IsInput,
            ["classes"] = new JsonArray(label.Classes.Select(name => (JsonNode)name).ToArray()),
            ["mean"] = label.Mean,
            ["scale"] = label.Scale,
        },
    };

    public static DataPlan Read(JsonNode json)
    {
        try
        {
            if ((int)json["version"]! is > Version and var version)
                throw new DlException("InvalidPlan", DlErrorKind.InvalidData,
                    $"The data plan is of version {version}; this version of DeepPS reads up to {Version}.");
            var label = json["label"] is { } written ? ReadLabel(written) : null;
            return new DataPlan(json["columns"]!.AsArray().Select(column => ReadColumn(column!)).ToArray(), label,
                json["inputs"]?.AsArray().Select(name => (string)name!).ToArray());
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException or NullReferenceException)
        {
            throw new DlException("InvalidPlan", DlErrorKind.InvalidData, $"The data plan cannot be read: {e.Message}", null, e);
        }
    }

    private static LabelPlan ReadLabel(JsonNode json)
    {
        var kind = Enum.Parse<LabelKind>((string)json["kind"]!);
        // Version 1 had labels of one class or one number alone.
        var shape = json["shape"] is { } sizes ? ShapeJson.Read(sizes)
            : kind == LabelKind.Number ? new Shape(1) : new Shape();
        return new LabelPlan((string)json["name"]!, kind, shape, json["classes"]!.AsArray().Select(name => (string)name!).ToArray(),
            (double)json["mean"]!, (double)json["scale"]!, (bool?)json["isInput"] ?? false);
    }

    private static JsonNode WriteColumn(ColumnPlan column) => new JsonObject
    {
        ["name"] = column.Name,
        ["role"] = column.Role.ToString(),
        ["description"] = column.Encoder,
        ["reason"] = column.Reason,
        ["encoder"] = column.Encoding?.ToJson(),
    };

    private static ColumnPlan ReadColumn(JsonNode json)
    {
        var role = Enum.Parse<ColumnRole>((string)json["role"]!);
        return new ColumnPlan((string)json["name"]!, role, (string?)json["description"], (string?)json["reason"])
        {
            Encoding = role is ColumnRole.Input ? ColumnEncoder.FromJson(json["encoder"]!.AsObject()) : null,
        };
    }
}
