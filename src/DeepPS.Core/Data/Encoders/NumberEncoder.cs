using System.Text.Json.Nodes;

namespace DeepPS;

/// <summary>
/// Standardises numbers: (value - mean) / deviation. A missing number becomes 0, the mean; where training had missing ones,
/// a second number says so by 1.
/// </summary>
internal sealed class NumberEncoder(double mean, double scale, bool marksMissing) : FeatureEncoder
{
    public const string TypeName = "Number";

    public override string Type => TypeName;

    public override int Width => marksMissing ? 2 : 1;

    public override int Amounts => 1;

    public override string Description =>
        $"standardised (mean {mean:G6}, deviation {scale:G6})" + (marksMissing ? ", and whether it is missing" : "");

    public static NumberEncoder Fit(NumberColumn column)
    {
        var (mean, scale) = Standardization.Of(column.Values);
        return new NumberEncoder(mean, scale, column.Missing > 0);
    }

    public static NumberEncoder From(JsonObject json) =>
        new((double)json["mean"]!, (double)json["scale"]!, (bool)json["marksMissing"]!);

    public override int Encode(Column column, float[] matrix, int offset, int stride)
    {
        var values = ColumnValues.Numbers(column);
        for (int row = 0, at = offset; row < values.Length; row++, at += stride)
        {
            var value = values[row];
            if (!double.IsNaN(value))
                matrix[at] = (float)((value - mean) / scale);
            else if (marksMissing)
                matrix[at + 1] = 1;
        }

        return 0;
    }

    public override Column Read(string name, IReadOnlyList<object?> values)
    {
        var numbers = new double[values.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = RawValue.TryNumber(values[i], out var number) ? number : throw ColumnValues.NotANumber(name, values[i]!);
        return new NumberColumn(name, numbers);
    }

    public override JsonObject ToJson() => new() { ["type"] = Type, ["mean"] = mean, ["scale"] = scale, ["marksMissing"] = marksMissing };
}
