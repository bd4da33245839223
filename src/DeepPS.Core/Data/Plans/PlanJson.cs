using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Writes and reads a <see cref="DataPlan"/>.</summary>
internal static class PlanJson
{
    private const int Version = 3;

    public static JsonObject Write(DataPlan plan) => new()
    {
        ["version"] = Version,
        ["columns"] = new JsonArray(plan.Columns.Select(WriteColumn).ToArray()),
        ["inputs"] = new JsonArray(plan.InputNames.Select(name => (JsonNode)name).ToArray()),
        ["label"] = plan.Label is { } label ? WriteLabel(label) : null,
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
        catch (Exception e) when (
            e is InvalidOperationException or FormatException or ArgumentException or NullReferenceException)
        {
            throw new DlException("InvalidPlan", DlErrorKind.InvalidData,
                $"The data plan cannot be read: {e.Message}", null, e);
        }
    }

    private static JsonObject WriteLabel(LabelPlan label)
    {
        var json = new JsonObject
        {
            ["kind"] = label.Kind.ToString(),
            ["shape"] = ShapeJson.Write(label.Shape),
            ["isInput"] = label.IsInput,
            ["mark"] = label.Mark?.ToString(),
            ["classes"] = new JsonArray(label.Classes.Select(name => (JsonNode)name).ToArray()),
            ["parts"] = new JsonArray(label.Parts.Select(JsonNode (part) => new JsonObject
            {
                ["name"] = part.Name,
                ["mean"] = part.Mean,
                ["scale"] = part.Scale,
            }).ToArray()),
        };
        if (label.HasBooleans)
            json["booleans"] = true;
        return json;
    }

    private static LabelPlan ReadLabel(JsonNode json)
    {
        var kind = Enum.Parse<LabelKind>((string)json["kind"]!);
        // Version 1 had only labels of one class or one number.
        var shape = json["shape"] is { } sizes ? ShapeJson.Read(sizes)
            : kind == LabelKind.Number ? new Shape(1) : new Shape();
        // Up to version 2 a label had one column.
        var parts = json["parts"]?.AsArray().Select(part => ReadPart(part!)).ToArray() ?? [ReadPart(json)];
        return new LabelPlan(
            parts, kind, shape, json["classes"]!.AsArray().Select(name => (string)name!).ToArray(),
            (bool?)json["isInput"] ?? false)
        {
            Mark = ((string?)json["mark"])?[0],
            HasBooleans = (bool?)json["booleans"] ?? false,
        };
    }

    private static LabelPart ReadPart(JsonNode json) =>
        new((string)json["name"]!, (double)json["mean"]!, (double)json["scale"]!);

    private static JsonNode WriteColumn(ColumnPlan column) => new JsonObject
    {
        ["name"] = column.Name,
        ["kind"] = column.Kind,
        ["role"] = column.Role.ToString(),
        ["missing"] = column.Missing?.ToString(),
        ["written"] = column.Written?.ToJson(),
        ["description"] = column.Encoder,
        ["reason"] = column.Reason,
        ["encoder"] = column.Encoding?.ToJson(),
    };

    private static ColumnPlan ReadColumn(JsonNode json)
    {
        var role = Enum.Parse<ColumnRole>((string)json["role"]!);
        return new ColumnPlan((string)json["name"]!, role, (string?)json["description"], (string?)json["reason"])
        {
            Kind = (string?)json["kind"],
            Missing = json["missing"] is { } rule ? Enum.Parse<MissingRule>((string)rule!) : null,
            Written = json["written"] is { } form ? WrittenForm.From(form) : null,
            Encoding = role is ColumnRole.Input ? ColumnEncoder.FromJson(json["encoder"]!.AsObject()) : null,
        };
    }
}
