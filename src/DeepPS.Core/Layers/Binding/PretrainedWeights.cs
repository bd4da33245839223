using System.Collections;
using System.Globalization;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>A matrix of initial values for a layer's weight, such as word vectors: one row per token. A model file
/// stores only the sizes, since the values are among the model's parameters; two matrices are equal if their sizes
/// are.</summary>
public sealed class PretrainedWeights : ISettingValue<PretrainedWeights>, IEquatable<PretrainedWeights>
{
    private PretrainedWeights(long rows, long columns, float[]? values)
    {
        Rows = rows;
        Columns = columns;
        Values = values;
    }

    public static string Accepts =>
        "a matrix: a list of rows, each a list of as many numbers; or a model with vectors of words";

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>The number of numbers in a row.</summary>
    public long Columns { get; }

    /// <summary>All numbers, row by row; null if they are among the parameters of a model file.</summary>
    internal float[]? Values { get; }

    /// <summary>The word of each row; null if the rows are those of the tokens.</summary>
    internal IReadOnlyList<string>? Words { get; private init; }

    /// <summary>Whether rows of NaN are not given: they get other initial values.</summary>
    internal bool IsPartial { get; private init; }

    /// <summary>The rows of an input's words; those that are unknown are not given.</summary>
    /// <param name="input">The input, with names.</param>
    internal PretrainedWeights For(NetworkInput input)
    {
        var places = Words!.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        var rows = new float[input.Levels!.Value * (int)Columns];
        rows.AsSpan().Fill(float.NaN);
        foreach (var (number, name) in input.Names.Index())
            if (places.TryGetValue(name, out var place) || places.TryGetValue(name.ToLowerInvariant(), out place))
                Values.AsSpan(place * (int)Columns, (int)Columns)
                    .CopyTo(rows.AsSpan((input.FirstName + number) * (int)Columns));
        return new PretrainedWeights(input.Levels.Value, Columns, rows) { IsPartial = true };
    }

    /// <summary>Makes a matrix from rows of numbers, from a two-dimensional array, or from sizes such as <c>1000x50</c>
    /// in a model file; or takes the vectors of words.</summary>
    public static PretrainedWeights FromSetting(object value) => value switch
    {
        PretrainedWeights weights => weights,
        IWordTable table when table.WordTable() is var (words, vectors) =>
            new PretrainedWeights(words.Count, vectors.Length / words.Count, vectors) { Words = words },
        string sizes => sizes.Split('x') is [var rows, var columns]
            ? new PretrainedWeights(long.Parse(rows, CultureInfo.InvariantCulture),
                long.Parse(columns, CultureInfo.InvariantCulture), null)
            : throw new FormatException(),
        Array { Rank: 2 } array =>
            new PretrainedWeights(array.GetLength(0), array.GetLength(1),
                array.Cast<object>().Select(Number).ToArray()),
        IEnumerable rows => OfRows(rows.Cast<object>().Select(Row).ToArray()),
        _ => throw new FormatException(),
    };

    public object ToSetting() => ToString();

    public bool Equals(PretrainedWeights? other) => other is not null && (Rows, Columns) == (other.Rows, other.Columns);

    public override bool Equals(object? obj) => Equals(obj as PretrainedWeights);

    public override int GetHashCode() => HashCode.Combine(Rows, Columns);

    /// <summary>The sizes.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows}x{Columns}");

    private static PretrainedWeights OfRows(float[][] rows) =>
        rows.Length > 0 && rows[0].Length > 0 && rows.All(row => row.Length == rows[0].Length)
            ? new PretrainedWeights(rows.Length, rows[0].Length, rows.SelectMany(row => row).ToArray())
            : throw new FormatException();

    private static float[] Row(object row) => row switch
    {
        float[] numbers => numbers,
        IEnumerable numbers and not string => numbers.Cast<object>().Select(Number).ToArray(),
        _ => throw new FormatException(),
    };

    private static float Number(object value) => Convert.ToSingle(value, CultureInfo.InvariantCulture);
}
