using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// The number of each level, from 1, for which a network learns a few numbers. Rare and new levels are 0; missing
/// values have the last number where training had such, else 0 too.
/// </summary>
/// <param name="levels">The levels.</param>
/// <param name="fill">The level that replaces a missing one; null: none.</param>
/// <param name="marksMissing">Whether missing values have their own number.</param>
[EncoderType("Embedding")]
internal sealed class EmbeddingEncoder(KnownLevels levels, string? fill, bool marksMissing)
    : FeatureEncoder, IEncoderType<EmbeddingEncoder>
{
    private const int MostNumbers = 600;

    public override int Width => 1;

    private int Codes => levels.Levels.Length + (marksMissing ? 2 : 1);

    /// <summary>The count of learned numbers for each level, by the rule of fastai's tabular models.</summary>
    private int Features => Math.Min(MostNumbers, (int)Math.Round(1.6 * Math.Pow(Codes, 0.56)));

    public override string Description => $"embedding of {levels.Description} in {Features} learned numbers each"
        + (fill is not null ? $", '{fill}' where it is missing" : marksMissing ? ", and of missing values" : "");

    public static EmbeddingEncoder Fit(Column column)
    {
        var (fill, filled) = CategoryFill.Of(column);
        return new EmbeddingEncoder(KnownLevels.Fit(filled), fill.Level, fill.Level is null && column.Missing > 0);
    }

    public static EmbeddingEncoder From(JsonObject json) =>
        new(KnownLevels.From(json), (string?)json["fill"], (bool)json["marksMissing"]!);

    /// <summary>The description of a coded column for the network.</summary>
    public CodedColumn For(string name) => new(name, Codes, Features);

    public override int Encode(Column column, float[] matrix, int offset, int stride)
    {
        var (store, names) = column.AsLevels();
        var codes = store.Span;
        var known = names.Select(CodeOf).ToArray();
        var missing = fill is not null ? CodeOf(fill) : marksMissing ? Codes - 1 : 0;
        var unknown = 0;
        for (int row = 0, at = offset; row < codes.Length; row++, at += stride)
        {
            var code = codes[row] < 0 ? missing : known[codes[row]];
            matrix[at] = code;
            if (code == 0 && codes[row] >= 0)
                unknown++;
        }

        return unknown;
    }

    public override bool[]? Unfamiliar(Column column) => Unknown(column, name => levels.PlaceOf(name) >= 0);

    public override Column Read(string name, IReadOnlyList<object?> values) => levels.Read(name, values);

    public override JsonObject ToJson() =>
        levels.AddTo(new() { ["type"] = Type, ["fill"] = fill, ["marksMissing"] = marksMissing });

    private int CodeOf(string level) => levels.PlaceOf(level) + 1;
}
