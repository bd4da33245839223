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
            if (json.Whole("version") is > Version and var version)
                throw new DlException("InvalidPlan", DlErrorKind.InvalidData,
                    $"The data plan is of version {version}; this version of DeepPS reads up to {Version}.");
            var label = json.Find("label") is { } written ? ReadLabel(written) : null;
            var columns = json.List("columns").Select(ReadColumn).ToArray();
            if (columns.DistinctBy(column => column.Name, StringComparer.OrdinalIgnoreCase).Count() < columns.Length)
                throw new InvalidDataException("two of its columns have the same name");
            return new DataPlan(columns, label,
                json.Find("inputs")?.AsList().Select(name => name.AsText()).ToArray());
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or FormatException
            or ArgumentException or NullReferenceException or IndexOutOfRangeException or OverflowException
            or KeyNotFoundException or InvalidCastException)
        {
            var why = e is InvalidDataException ? e.Message : "a value in it is missing or has another type";
            throw new DlException("InvalidPlan", DlErrorKind.InvalidData, $"The data plan cannot be read: {why}.", null,
                e);
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
            ["classes"] = new JsonArray(
                (label.Text is null ? label.Classes : []).Select(name => (JsonNode)name).ToArray()),
            ["parts"] = new JsonArray(label.Parts.Select(JsonNode (part) => new JsonObject
            {
                ["name"] = part.Name,
                ["mean"] = part.Mean,
                ["scale"] = part.Scale,
            }).ToArray()),
        };
        if (label.Text is { } text)
            json["text"] = text.ToJson();
        if (label.HasBooleans)
            json["booleans"] = true;
        if (label.IsPadded)
            json["padded"] = true;
        return json;
    }

    private static LabelPlan ReadLabel(JsonNode json)
    {
        var kind = json.Name<LabelKind>("kind");
        // Version 1 had only labels of one class or one number.
        var shape = json.Find("shape") is { } sizes ? ShapeJson.Read(sizes)
            : kind == LabelKind.Number ? new Shape(1) : new Shape();
        // Up to version 2 a label had one column.
        var parts = json.Find("parts")?.AsList().Select(ReadPart).ToArray() ?? [ReadPart(json)];
        if (parts.Length == 0)
            throw new InvalidDataException("its label has no column");
        if (kind is LabelKind.Text)
            return LabelPlan.OfText(parts[0].Name, TargetEncoder.From(json.Fields("text")));
        return new LabelPlan(
            parts, kind, shape, json.List("classes").Select(name => name.AsText()).ToArray(),
            json.FlagOrNull("isInput") ?? false)
        {
            Mark = json.TextOrNull("mark")?[0],
            HasBooleans = json.FlagOrNull("booleans") ?? false,
            IsPadded = json.FlagOrNull("padded") ?? false,
        };
    }

    private static LabelPart ReadPart(JsonNode json) =>
        new(json.Text("name"), json.Need("mean").AsNumber(), json.Need("scale").AsNumber());

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
        var role = json.Name<ColumnRole>("role");
        return new ColumnPlan(json.Text("name"), role, json.TextOrNull("description"), json.TextOrNull("reason"))
        {
            Kind = json.TextOrNull("kind"),
            Missing = json.Find("missing") is null ? null : json.Name<MissingRule>("missing"),
            Written = json.Find("written") is { } form ? WrittenForm.From(form) : null,
            Encoding = role is ColumnRole.Input || json.Find("encoder") is not null
                ? ColumnEncoder.FromJson(json.Fields("encoder")) : null,
        };
    }
}
