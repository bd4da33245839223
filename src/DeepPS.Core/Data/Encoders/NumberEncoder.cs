using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Scaled numbers. A fill replaces missing ones; where training had missing ones, a second number marks them by 1.
/// </summary>
/// <param name="scale">How they are scaled.</param>
/// <param name="fill">The number that replaces a missing one, before scaling.</param>
/// <param name="marksMissing">Whether a second number marks missing values.</param>
[EncoderType("Number")]
internal sealed class NumberEncoder(NumberScale scale, double fill, bool marksMissing)
    : FeatureEncoder, IEncoderType<NumberEncoder>
{
    /// <summary>A number this many ranges outside the range of training is far outside.</summary>
    private const double Far = 0.5;

    /// <summary>The range of the numbers in training; null in models of earlier versions.</summary>
    private (double Least, double Most)? Range { get; init; }

    /// <summary>
    /// The number that becomes 0 and the distance from it that becomes 1; null if numbers become something else too.
    /// </summary>
    internal (double Mean, double Scale)? Unit =>
        marksMissing || scale.Kind is Scaling.Log ? null : (scale.Center, scale.Size);

    public override int Width => marksMissing ? 2 : 1;

    public override int Amounts => 1;

    public override string Description => scale.Description
        + (marksMissing ? FormattableString.Invariant($", {fill:G6} where it is missing, and whether it is") : "");

    public static NumberEncoder Fit(Column column)
    {
        var values = column.AsNumbers();
        var fill = Imputation.Of(column, values, MissingRule.Mean,
            text => NumberText.TryParse(text.AsSpan(), out var number) ? number : null);
        var scale = NumberScale.Fit(column.Settings.Scaling ?? Scaling.Standard, values);
        return new NumberEncoder(scale, fill, values.Span.CountNaN() > 0) { Range = values.Span.Range() };
    }

    public static NumberEncoder From(JsonObject json)
    {
        // Up to version 2 all numbers were standardised, and the mean replaced missing ones.
        var center = (double)(json["center"] ?? json["mean"])!;
        var kind = json["scaling"] is { } name ? Enum.Parse<Scaling>((string)name!) : Scaling.Standard;
        return new(new NumberScale(kind, center, (double)json["scale"]!), (double?)json["fill"] ?? center,
            (bool)json["marksMissing"]!)
        {
            Range = json["least"] is { } least ? ((double)least, (double)json["most"]!) : null,
        };
    }

    public override bool[]? Unfamiliar(Column column)
    {
        if (Range is not var (least, most))
            return null;
        var room = Far * (most - least);
        var values = column.AsNumbers().Span;
        bool[]? found = null;
        for (var row = 0; row < values.Length; row++)
            if (values[row] < least - room || values[row] > most + room)
                (found ??= new bool[values.Length])[row] = true;
        return found;
    }

    public override int Encode(Column column, float[] matrix, int offset, int stride)
    {
        var values = column.AsNumbers().Span;
        if (scale.Kind is not Scaling.Log && values.CountNaN() == 0)
        {
            var (center, size) = (scale.Center, scale.Size);
            for (int row = 0, at = offset; row < values.Length; row++, at += stride)
                matrix[at] = (float)((values[row] - center) / size);
            return 0;
        }

        var filled = scale.Of(fill);
        for (int row = 0, at = offset; row < values.Length; row++, at += stride)
        {
            var value = values[row];
            if (!double.IsNaN(value))
            {
                matrix[at] = scale.Of(value);
                continue;
            }

            matrix[at] = filled;
            if (marksMissing)
                matrix[at + 1] = 1;
        }

        return 0;
    }

    public override Column Read(string name, IReadOnlyList<object?> values)
    {
        var numbers = new double[values.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = RawValue.TryNumber(values[i], out var number) ? number
                : throw ColumnValues.NotANumber(name, values[i]!);
        return new NumberColumn(name, numbers);
    }

    public override JsonObject ToJson()
    {
        var json = WithoutRange();
        if (Range is var (least, most))
            (json["least"], json["most"]) = (least, most);
        return json;
    }

    private JsonObject WithoutRange() => new()
    {
        ["type"] = Type,
        ["scaling"] = scale.Kind.ToString(),
        ["center"] = scale.Center,
        ["scale"] = scale.Size,
        ["fill"] = fill,
        ["marksMissing"] = marksMissing,
    };
}
