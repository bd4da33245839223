using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// The levels of a category that a network distinguishes. Those that are rare in training count together as "other".
/// </summary>
internal sealed class KnownLevels
{
    /// <summary>A level with this many rows is never rare.</summary>
    private const int EnoughRows = 10;

    /// <summary>A level with this share of the rows is never rare.</summary>
    private const double EnoughShare = 0.005;

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> placesInAnyCase = new(StringComparer.OrdinalIgnoreCase);

    public KnownLevels(string[] levels, int rare)
    {
        Levels = levels;
        Rare = rare;
        for (var i = 0; i < levels.Length; i++)
        {
            places[levels[i]] = i;
            placesInAnyCase[levels[i]] = placesInAnyCase.ContainsKey(levels[i]) ? -1 : i;
        }
    }

    /// <summary>The levels, in order.</summary>
    public string[] Levels { get; }

    /// <summary>The number of rare levels of the training part, which count together as one more.</summary>
    public int Rare { get; }

    /// <summary>In words: <c>12 levels and 30 rare ones as "other"</c>.</summary>
    public string Description => Rare == 0 ? $"{Levels.Length} levels"
        : $"{Levels.Length} levels and {Rare:N0} rare {(Rare == 1 ? "one" : "ones")} as \"other\"";

    /// <summary>The levels of a column in training.</summary>
    public static KnownLevels Fit(Column column)
    {
        var enough = Math.Min(EnoughRows, EnoughShare * column.Count);
        var all = LevelCounts.Of(column);
        var kept = all.Where(level => level.Count >= enough).Select(level => level.Level).ToArray();
        return new KnownLevels(kept, all.Length - kept.Length);
    }

    public static KnownLevels From(JsonObject json) => new(LevelsOf(json), (int?)json["rare"] ?? 0);

    public static string[] LevelsOf(JsonObject json) =>
        json["levels"]!.AsArray().Select(level => (string)level!).ToArray();

    /// <summary>Makes a column of names of raw values of objects.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">The values.</param>
    /// <param name="holds">The values that the column holds, in words, for the error.</param>
    /// <exception cref="DlException"><c>NotACategory</c>: a value cannot be a name.</exception>
    public static Column Read(string name, IReadOnlyList<object?> values, string holds)
    {
        var builder = new ColumnBuilder(name, ColumnKind.Category);
        foreach (var value in values)
            if (RawValue.ToText(value) is { } text)
                builder.Add(text);
            else if (value is null or DBNull)
                builder.AddMissing();
            else
                throw new DlException("NotACategory", DlErrorKind.InvalidData,
                    $"Column '{name}' must hold {holds}; got a value of type {value.GetType().Name}.", value);
        return builder.Build();
    }

    /// <summary>Makes a column of names of raw values of objects.</summary>
    public Column Read(string name, IReadOnlyList<object?> values) =>
        Read(name, values, $"names, such as '{Levels.FirstOrDefault()}'");

    /// <summary>Adds the levels to an encoder's JSON.</summary>
    public JsonObject AddTo(JsonObject json)
    {
        json["levels"] = new JsonArray(Levels.Select(level => (JsonNode)level).ToArray());
        if (Rare > 0)
            json["rare"] = Rare;
        return json;
    }

    /// <summary>
    /// The place of a level; -1 where it is not known. A level that differs only in case, as True and true do, counts
    /// where it is the only one.
    /// </summary>
    public int PlaceOf(string level) =>
        places.TryGetValue(level, out var place) ? place : placesInAnyCase.GetValueOrDefault(level, -1);
}
