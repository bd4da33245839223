using System.Globalization;
using System.Text.Json.Nodes;
using DeepPS.Data;

namespace DeepPS.Tests;

/// <summary>
/// A kind of column that only the tests have: a colour per row, written as <c>#ff8000</c>; -1 where it is missing.
/// </summary>
internal sealed class ColourColumn(string name, int[] colours) : Column(name)
{
    public ReadOnlySpan<int> Colours => colours;

    public override string Kind => "Colour";

    public override int Count => colours.Length;

    public override int Missing => colours.Count(colour => colour < 0);

    public override object? this[int row] => IsMissing(row) ? null : Write(colours[row]);

    public override bool IsMissing(int row) => colours[row] < 0;

    public override string Describe() => $"{colours.Distinct().Count()} colours";

    internal override long RowBytes => sizeof(int);

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log) =>
        (new ColourEncoder(Missing > 0), "colours");

    internal override void AddTo(ValueHash hash) => hash.Add<int>(colours);

    internal override ColumnSummary Summarize(ColumnSummary summary) =>
        summary with { Distinct = colours.Where(colour => colour >= 0).Distinct().Count() };

    internal override string? WhyUseless() => colours.Distinct().Count() == 1 ? "it is one colour" : null;

    public static bool TryRead(string text, out int colour)
    {
        colour = -1;
        return text.Length == 7 && text[0] == '#'
            && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out colour);
    }

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new ColourColumn(Name, ColumnRows.Take<int>(colours, rows));

    private protected override Column Copy(string name) => new ColourColumn(name, colours);

    private static string Write(int colour) => $"#{colour.ToString("x6", CultureInfo.InvariantCulture)}";
}

/// <summary>Recognises texts of colours.</summary>
internal sealed class ColourForm : TextForm
{
    public override Column? Infer(CategoryColumn texts, TextReading reading) =>
        texts.Levels.All(level => ColourColumn.TryRead(level, out _))
            ? new ColourColumn(texts.Name, PerRow(texts, -1, Read).Span.ToArray()) : null;

    private static int Read(string level) => ColourColumn.TryRead(level, out var colour) ? colour : -1;
}

/// <summary>Encodes colours as red, green and blue from 0 to 1.</summary>
[EncoderType("Colour")]
internal sealed class ColourEncoder(bool marksMissing) : FeatureEncoder, IEncoderType<ColourEncoder>
{
    public override int Width => marksMissing ? 4 : 3;

    public override string Description => "red, green and blue from 0 to 1";

    public static ColourEncoder From(JsonObject json) => new((bool)json["marksMissing"]!);

    public override int Encode(Column column, float[] matrix, int offset, int stride)
    {
        var colours = ((ColourColumn)column).Colours;
        for (int row = 0, at = offset; row < colours.Length; row++, at += stride)
        {
            for (var i = 0; i < 3 && colours[row] >= 0; i++)
                matrix[at + i] = (colours[row] >> (16 - 8 * i) & 0xFF) / 255f;
            if (marksMissing && colours[row] < 0)
                matrix[at + 3] = 1;
        }

        return 0;
    }

    public override Column Read(string name, IReadOnlyList<object?> values) => new ColourColumn(name,
        values.Select(value => ColourColumn.TryRead($"{value}", out var colour) ? colour : -1).ToArray());

    public override JsonObject ToJson() => new() { ["type"] = Type, ["marksMissing"] = marksMissing };
}
