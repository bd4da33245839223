using System.Text.Json.Nodes;

namespace DeepPS.Data;

/// <summary>
/// One number for each level, 1 at the value's own, else 0; one more for rare and new levels, where training had rare
/// ones. A missing value is 0 throughout, unless a level replaces it; then a last number marks it by 1.
/// </summary>
/// <param name="levels">The levels.</param>
/// <param name="fill">The level that replaces a missing one; null: none.</param>
/// <param name="marksMissing">Whether a last number marks missing values.</param>
[EncoderType("Category")]
internal sealed class CategoryEncoder(KnownLevels levels, string? fill, bool marksMissing)
    : FeatureEncoder, IEncoderType<CategoryEncoder>
{
    /// <summary>The levels, in order.</summary>
    public IReadOnlyList<string> Levels => levels.Levels;

    public override int Width => Kept + (marksMissing ? 1 : 0);

    public override string Description => $"one-hot of {levels.Description}"
        + (fill is null ? "" : $", '{fill}' where it is missing{(marksMissing ? ", and whether it is" : "")}");

    private int Kept => levels.Levels.Length + (levels.Rare > 0 ? 1 : 0);

    public static CategoryEncoder Fit(Column column)
    {
        var (fill, filled) = CategoryFill.Of(column);
        return new CategoryEncoder(KnownLevels.Fit(filled), fill.Level, fill.Marks);
    }

    public static CategoryEncoder From(JsonObject json) =>
        new(KnownLevels.From(json), (string?)json["fill"], (bool?)json["marksMissing"] ?? false);

    public override int Encode(Column column, float[] matrix, int offset, int stride)
    {
        var (store, names) = column.AsLevels();
        var codes = store.Span;
        var place = names.Select(PlaceOf).ToArray();
        var missing = fill is null ? -1 : PlaceOf(fill);
        var unknown = 0;
        for (int row = 0, at = offset; row < codes.Length; row++, at += stride)
        {
            var level = codes[row] < 0 ? missing : place[codes[row]];
            if (level >= 0)
                matrix[at + level] = 1;
            if (codes[row] < 0 && marksMissing)
                matrix[at + Width - 1] = 1;
            if (codes[row] >= 0 && (level < 0 || level == levels.Levels.Length))
                unknown++;
        }

        return unknown;
    }

    public override bool[]? Unfamiliar(Column column) => Unknown(column, name => levels.PlaceOf(name) >= 0);

    public override Column Read(string name, IReadOnlyList<object?> values) => levels.Read(name, values);

    public override JsonObject ToJson() =>
        levels.AddTo(new() { ["type"] = Type, ["fill"] = fill, ["marksMissing"] = marksMissing });

    private int PlaceOf(string level) =>
        levels.PlaceOf(level) is var place and >= 0 ? place : levels.Rare > 0 ? levels.Levels.Length : -1;
}
