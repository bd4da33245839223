using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Arrays of names as numbers: from 1 for names known from training; 0 for new and missing ones.</summary>
[EncoderType("Tokens")]
internal sealed class TokenEncoder : ArrayEncoder, IEncoderType<TokenEncoder>, IVocabulary
{
    private readonly string[] levels;
    private readonly Dictionary<string, int> numbers;

    public TokenEncoder(Shape shape, string[] levels, bool isPadded = false)
        : base(shape, isPadded)
    {
        this.levels = levels;
        numbers = levels.Index().ToDictionary(pair => pair.Item, pair => pair.Index + 1, StringComparer.Ordinal);
    }

    public override int? Levels => levels.Length + 1;

    public IReadOnlyList<string> Vocabulary => levels;

    public int FirstNumber => 1;

    public override string Description =>
        $"{Sizes} of names as numbers from 0 to {levels.Length}, 0 where one is missing";

    public static TokenEncoder Fit(TokenColumn column) =>
        new(column.Shape, column.Facts.HasLevelOrder ? column.Levels.ToArray() : ColumnValues.SortedLevels(column),
            column.IsPadded);

    public static TokenEncoder From(JsonObject json) =>
        new(ShapeJson.Read(json["shape"]!), KnownLevels.LevelsOf(json), PaddedIn(json));

    public override JsonObject ToJson()
    {
        var json = base.ToJson();
        json["levels"] = new JsonArray(levels.Select(level => (JsonNode)level).ToArray());
        return json;
    }

    protected override float[] Values(Column column, out int unknown)
    {
        column = IsPadded ? column.PaddedTo(Shape) : column;
        var (codes, names) = ColumnValues.Levels(column, Shape, IsPadded);
        var known = names.Select(name => numbers.GetValueOrDefault(name)).ToArray();
        var found = codes.Span.Convert(code => code < 0 ? -1 : known[code]);
        unknown = found.Count(number => number == 0);
        var values = Array.ConvertAll(found, number => (float)Math.Max(number, 0));
        if (IsPadded && (column as TokenColumn)?.Lengths is { } lengths)
            for (var row = 0; row < column.Count; row++)
                values.AsSpan(row * Width + lengths.Of(row), Width - lengths.Of(row)).Fill(float.NaN);
        return values;
    }
}
