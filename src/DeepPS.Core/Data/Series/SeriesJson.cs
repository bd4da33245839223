using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Writes and reads a <see cref="SeriesPlan"/> whose step and calendar are known.</summary>
internal static class SeriesJson
{
    public static JsonObject Write(SeriesPlan plan)
    {
        var json = WriteSettings(plan);
        if (plan.JoinedTimes.Count > 0)
            json["joinedTimes"] = new JsonArray(plan.JoinedTimes.Select(name => (JsonNode)name).ToArray());
        if (plan.IsIndex is true)
            json["index"] = true;
        if (plan.Scales.Any(scale => scale != Scaling.Standard))
            json["scales"] = new JsonArray(plan.Scales.Select(scale => (JsonNode)scale.ToString()).ToArray());
        return json;
    }

    private static JsonObject WriteSettings(SeriesPlan plan) => new()
    {
        ["time"] = plan.Time,
        ["value"] = plan.Value,
        ["group"] = plan.Group,
        ["features"] = new JsonArray(plan.Features.Select(name => (JsonNode)name).ToArray()),
        ["length"] = plan.Length,
        ["horizon"] = plan.Horizon,
        ["stride"] = plan.Stride,
        ["step"] = plan.Step!.ToString(),
        ["calendar"] = new JsonArray(plan.Calendar!.Select(part => (JsonNode)part.ToString()).ToArray()),
        ["gap"] = plan.Gap.ToString(),
        ["maximumGap"] = plan.MaximumGap,
        ["season"] = plan.Season,
        ["difference"] = plan.Difference.ToString(),
        ["scaling"] = plan.Scaling.ToString(),
        ["log"] = plan.Log,
        ["dayFirst"] = plan.DayFirst,
        ["written"] = new JsonArray(plan.Written.Select(JsonNode? (form) => form?.ToJson()).ToArray()),
    };

    /// <exception cref="DlException">
    /// <c>InvalidSeries</c>, <c>InvalidFrequency</c>: its settings are not valid.
    /// </exception>
    public static SeriesPlan Read(JsonNode json)
    {
        var plan = new SeriesPlan
        {
            Time = Text(json["time"]),
            JoinedTimes = json["joinedTimes"]?.AsArray().Select(Text).ToArray() ?? [],
            IsIndex = (bool?)json["index"] ?? false,
            Value = Text(json["value"]),
            Group = (string?)json["group"],
            Features = json["features"]!.AsArray().Select(Text).ToArray(),
            Length = (int)json["length"]!,
            Horizon = (int)json["horizon"]!,
            Stride = (int)json["stride"]!,
            Step = TimeStep.Parse(Text(json["step"])),
            Calendar = json["calendar"]!.AsArray().Select(part => Enum.Parse<TimePart>(Text(part))).ToArray(),
            Gap = Enum.Parse<GapRule>(Text(json["gap"])),
            MaximumGap = (int)json["maximumGap"]!,
            Season = (int?)json["season"],
            Difference = Enum.Parse<SeriesDifference>((string?)json["difference"] ?? nameof(SeriesDifference.None)),
            Scaling = Enum.Parse<SeriesScaling>((string?)json["scaling"] ?? nameof(SeriesScaling.Standard)),
            Log = (bool?)json["log"] ?? false,
            Scales = json["scales"]?.AsArray().Select(scale => Enum.Parse<Scaling>(Text(scale))).ToArray() ?? [],
            DayFirst = (bool?)json["dayFirst"],
            Written = json["written"]?.AsArray().Select(form => form is null ? null : WrittenForm.From(form)).ToArray()
                ?? [],
        };
        plan.Check();
        return plan;
    }

    private static string Text(JsonNode? json) => json!.GetValue<string>();
}
