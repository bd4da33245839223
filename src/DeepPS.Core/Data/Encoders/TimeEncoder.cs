using System.Text.Json.Nodes;

namespace DeepPS.Data;

/// <summary>
/// Parts of a point in time: the trend as standardised days, the others as sine and cosine. All are 0 where it is
/// missing, unless another time replaces it; where training had missing ones, a last number marks them by 1.
/// </summary>
/// <param name="parts">The parts.</param>
/// <param name="mean">The mean of the days.</param>
/// <param name="scale">Their standard deviation.</param>
/// <param name="fill">The time that replaces a missing one; <see cref="TimeColumn.None"/>: none.</param>
/// <param name="marksMissing">Whether a last number marks missing values.</param>
/// <param name="dayFirst">Whether the day comes first in dates such as 1/2/2024; null: not known.</param>
[EncoderType("Time")]
internal sealed class TimeEncoder(
    TimePart[] parts, double mean, double scale, long fill, bool marksMissing, bool? dayFirst)
    : FeatureEncoder, IEncoderType<TimeEncoder>
{
    public override int Width => parts.Sum(TimeParts.Width) + (marksMissing ? 1 : 0);

    public override string Description => string.Join(", ", parts.Select(TimeParts.Name))
        + (fill == TimeColumn.None ? "" : FormattableString.Invariant($", {new DateTime(fill):s} where it is missing"))
        + (marksMissing ? ", and whether it is missing" : "");

    public static TimeEncoder Fit(Column column)
    {
        var ticks = column.AsTimes(column.DayFirst);
        var days = ticks.Convert(Days);
        var (mean, scale) = Standardization.Of(days.Span);
        var fill = column.Settings.MissingRule is null or MissingRule.Drop or MissingRule.Refuse ? TimeColumn.None
            : (long)(TimeSpan.TicksPerDay * Imputation.Of(column, days, MissingRule.Mean, text =>
                RawValue.TryTime(text, column.DayFirst, out var time) && time != TimeColumn.None ? Days(time) : null));
        return new TimeEncoder(column.Settings.Parts ?? TimeParts.Varying(ticks.Span), mean, scale, fill,
            ticks.Span.Contains(TimeColumn.None), column.DayFirst);
    }

    public static TimeEncoder From(JsonObject json) => new(
        json["parts"]!.AsArray().Select(part => Enum.Parse<TimePart>((string)part!)).ToArray(),
        (double)json["mean"]!, (double)json["scale"]!, (long?)json["fill"] ?? TimeColumn.None,
        (bool)json["marksMissing"]!, (bool?)json["dayFirst"]);

    public override int Encode(Column column, float[] matrix, int offset, int stride)
    {
        var ticks = column.AsTimes(dayFirst).Span;
        for (int row = 0, at = offset; row < ticks.Length; row++, at += stride)
        {
            var missing = ticks[row] == TimeColumn.None;
            if (missing && marksMissing)
                matrix[at + Width - 1] = 1;
            if ((missing ? fill : ticks[row]) is var tick && tick != TimeColumn.None)
                Write(tick, matrix.AsSpan(at));
        }

        return 0;
    }

    public override Column Read(string name, IReadOnlyList<object?> values)
    {
        var ticks = new long[values.Count];
        for (var i = 0; i < ticks.Length; i++)
            ticks[i] = RawValue.TryTime(values[i], dayFirst, out var time) ? time
                : throw ColumnValues.NotATime(name, values[i]!);
        return new TimeColumn(name, ticks);
    }

    public override JsonObject ToJson() => new()
    {
        ["type"] = Type,
        ["parts"] = new JsonArray(parts.Select(part => (JsonNode)part.ToString()).ToArray()),
        ["mean"] = mean,
        ["scale"] = scale,
        ["fill"] = fill == TimeColumn.None ? null : fill,
        ["marksMissing"] = marksMissing,
        ["dayFirst"] = dayFirst,
    };

    private static double Days(long ticks) =>
        ticks == TimeColumn.None ? double.NaN : TimeParts.Of(TimePart.Trend, ticks);

    private void Write(long ticks, Span<float> numbers)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var value = TimeParts.Of(part, ticks);
            if (part is TimePart.Trend)
            {
                numbers[at++] = (float)((value - mean) / scale);
                continue;
            }

            var (sine, cosine) = Math.SinCos(2 * Math.PI * value);
            numbers[at++] = (float)sine;
            numbers[at++] = (float)cosine;
        }
    }
}
