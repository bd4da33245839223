using System.Text.Json.Nodes;

namespace DeepPS;

/// <summary>Writes and reads a <see cref="DataPlan"/>.</summary>
internal static class PlanJson
{
    private const int Version = 1;

    public static JsonObject Write(DataPlan plan) => new()
    {
        ["version"] = Version,
        ["columns"] = new JsonArray(plan.Columns.Select(WriteColumn).ToArray()),
        ["label"] = plan.Label is not { } label ? null : new JsonObject
        {
            ["name"] = label.Name,
            ["kind"] = label.Kind.ToString(),
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
            var label = json["label"] is not { } written ? null : new LabelPlan((string)written["name"]!,
                Enum.Parse<LabelKind>((string)written["kind"]!),
                written["classes"]!.AsArray().Select(name => (string)name!).ToArray(),
                (double)written["mean"]!, (double)written["scale"]!);
            return new DataPlan(json["columns"]!.AsArray().Select(column => ReadColumn(column!)).ToArray(), label);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException or NullReferenceException)
        {
            throw new DlException("InvalidPlan", DlErrorKind.InvalidData, $"The data plan cannot be read: {e.Message}", null, e);
        }
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
