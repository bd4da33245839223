using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Yes as 1 and no as 0. One of the two replaces a missing value; where training had missing ones, a second number
/// marks them by 1. Other values count as missing.
/// </summary>
/// <param name="fill">The value that replaces a missing one.</param>
/// <param name="marksMissing">Whether a second number marks missing values.</param>
[EncoderType("Boolean")]
internal sealed class BooleanEncoder(bool fill, bool marksMissing) : FeatureEncoder, IEncoderType<BooleanEncoder>
{
    public override int Width => marksMissing ? 2 : 1;

    public override string Description => "1 for yes, 0 for no"
        + (marksMissing ? $", {(fill ? 1 : 0)} where it is missing, and whether it is" : "");

    /// <summary>The encoder for a column of yes and no.</summary>
    /// <exception cref="DlException"><c>NotABoolean</c>: it holds something else.</exception>
    public static BooleanEncoder Fit(Column column)
    {
        if (column is NumberColumn or CategoryColumn && ColumnValues.SortedLevels(column)
            .FirstOrDefault(level => BooleanLevels.Parse(level) is null) is { } strange)
            throw BooleanLevels.NotABoolean(column.Name, strange);
        var (store, levels) = column.AsLevels();
        var known = levels.Select(BooleanLevels.Parse).ToArray();
        var values = store.Convert(code => code >= 0 && known[code] is { } yes ? yes ? 1.0 : 0 : double.NaN);
        var fill = Imputation.Of(column, values, MissingRule.Mode,
            text => BooleanLevels.Parse(text) is { } yes ? yes ? 1 : 0 : null);
        return new BooleanEncoder(fill == 1, values.Span.CountNaN() > 0);
    }

    public static BooleanEncoder From(JsonObject json) => new((bool)json["fill"]!, (bool)json["marksMissing"]!);

    public override int Encode(Column column, float[] matrix, int offset, int stride)
    {
        var values = Values(column, out var unknown);
        for (int row = 0, at = offset; row < values.Length; row++, at += stride)
        {
            matrix[at] = values[row] ?? fill ? 1 : 0;
            if (marksMissing && values[row] is null)
                matrix[at + 1] = 1;
        }

        return unknown;
    }

    public override bool[]? Unfamiliar(Column column) => Unknown(column, name => BooleanLevels.Parse(name) is not null);

    public override Column Read(string name, IReadOnlyList<object?> values) =>
        KnownLevels.Read(name, values, "yes or no");

    public override JsonObject ToJson() => new() { ["type"] = Type, ["fill"] = fill, ["marksMissing"] = marksMissing };

    private static bool?[] Values(Column column, out int unknown)
    {
        var (store, levels) = column.AsLevels();
        var known = levels.Select(BooleanLevels.Parse).ToArray();
        var values = store.Span.Convert(code => code < 0 ? null : known[code]);
        unknown = values.Count(value => value is null) - store.Span.Count(-1);
        return values;
    }
}
