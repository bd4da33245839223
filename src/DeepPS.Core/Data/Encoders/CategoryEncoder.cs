using System.Text.Json.Nodes;

namespace DeepPS;

/// <summary>One number for each level seen in training, 1 at the value's own, else 0. A missing or new value is 0 throughout.</summary>
internal sealed class CategoryEncoder : FeatureEncoder
{
    public const string TypeName = "Category";
    private readonly string[] levels;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> placesInAnyCase = new(StringComparer.OrdinalIgnoreCase);

    public CategoryEncoder(string[] levels)
    {
        this.levels = levels;
        for (var i = 0; i < levels.Length; i++)
        {
            places[levels[i]] = i;
            placesInAnyCase[levels[i]] = placesInAnyCase.ContainsKey(levels[i]) ? -1 : i;
        }
    }

    public override string Type => TypeName;

    public override int Width => levels.Length;

    public override string Description => $"one-hot of {levels.Length} levels";

    public static CategoryEncoder Fit(CategoryColumn column) => new(ColumnValues.SortedLevels(column));

    public static CategoryEncoder From(JsonObject json) => new(LevelsOf(json));

    public static string[] LevelsOf(JsonObject json) => json["levels"]!.AsArray().Select(level => (string)level!).ToArray();

    public override int Encode(Column column, float[] matrix, int offset, int stride)
    {
        var (store, names) = ColumnValues.Levels(column);
        var codes = store.Span;
        var place = names.Select(PlaceOf).ToArray();
        var unknown = 0;
        for (int row = 0, at = offset; row < codes.Length; row++, at += stride)
        {
            if (codes[row] < 0)
                continue;
            if (place[codes[row]] is var level and >= 0)
                matrix[at + level] = 1;
            else
                unknown++;
        }

        return unknown;
    }

    public override Column Read(string name, IReadOnlyList<object?> values) => ReadNames(name, values, $"names, such as '{levels[0]}'");

    /// <summary>Makes a column of names of raw values.</summary>
    /// <exception cref="DlException"><c>NotACategory</c>: a value has no name.</exception>
    public static Column ReadNames(string name, IReadOnlyList<object?> values, string holds)
    {
        var builder = new ColumnBuilder(name, ColumnKind.Category);
        foreach (var value in values)
            if (RawValue.ToText(value) is { } text)
                builder.Add(text);
            else if (value is null or DBNull)
                builder.AddMissing();
            else
                throw new DlException("NotACategory", DlErrorKind.InvalidData,
                    $"Column '{name}' holds {holds}; a value of type {value.GetType().Name} came.", value);
        return builder.Build();
    }

    public override JsonObject ToJson() => new()
    {
        ["type"] = Type,
        ["levels"] = new JsonArray(levels.Select(level => (JsonNode)level).ToArray()),
    };

    /// <summary>Where a level stands; one that differs in case alone, as True and true do, counts where it is the only one.</summary>
    private int PlaceOf(string level) =>
        places.TryGetValue(level, out var place) ? place : placesInAnyCase.GetValueOrDefault(level, -1);
}
