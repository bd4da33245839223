using System.Runtime.CompilerServices;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A column of a file, joined from its chunks in their order.</summary>
/// <param name="name">The column's name.</param>
/// <param name="settings">The user's wishes for the column; its values decide the rest.</param>
/// <param name="mayBeTime">Whether points in time are recognised.</param>
/// <param name="budget">The budget whose files hold the values; null: they are in memory.</param>
internal sealed class CsvColumn(string name, ColumnSettings settings, bool mayBeTime, MemoryBudget? budget = null)
{
    /// <summary>A larger estimate of the number of rows is not trusted.</summary>
    private const int MostExpected = 1 << 27;

    private readonly ColumnBuffer<double> numbers = new(budget);
    private readonly ColumnBuffer<long> times = new(budget);
    private readonly ColumnBuffer<int> codes = new(budget);
    private readonly LevelTable levels = new();
    private readonly long mostLevels = budget?.MostLevels ?? long.MaxValue;
    private int expected;
    private bool tooMany;
    private bool asNames;
    private CategoryColumn? texts;

    public string Name { get; } = name;

    /// <summary>The kind that the user set; null: decided by the values.</summary>
    public ColumnKind? Kind => settings.Kind;

    /// <summary>The number of rows added.</summary>
    public int Count { get; private set; }

    /// <summary>The kind of the values read so far.</summary>
    public ColumnState State { get; private set; }

    /// <summary>Makes a column for a chunk of the file.</summary>
    public ChunkColumn NewChunk(NumberFormat format, MissingTexts missing) =>
        new(Name, asNames ? ColumnKind.Category : Kind, mayBeTime, format, missing);

    /// <summary>Sets the approximate number of rows in the end.</summary>
    public void Expect(long count) => expected = (int)Math.Min(count, MostExpected);

    /// <summary>Adds the rows of the next chunk.</summary>
    public void Append(ChunkColumn chunk)
    {
        if (State is ColumnState.Empty && chunk.State is not ColumnState.Empty)
            Become(chunk.State);
        else if (State != chunk.State && chunk.State is not ColumnState.Empty)
            Become(ColumnState.Mixed);
        Count = RowCount.Sum(Count, chunk.Count);
        numbers.Expect(expected);
        times.Expect(expected);
        codes.Expect(expected);
        switch (State)
        {
            case ColumnState.Numbers when chunk.State is ColumnState.Numbers:
                numbers.Add(chunk.Numbers);
                break;
            case ColumnState.Times when chunk.State is ColumnState.Times:
                times.Add(chunk.Times);
                break;
            case ColumnState.Names when chunk.State is ColumnState.Names:
                Append(chunk.Codes, chunk.Levels.Names);
                break;
            default:
                AddMissing(chunk.Count);
                break;
        }
    }

    /// <summary>Starts again and reads the values as texts, as they were of two kinds.</summary>
    public void BecomeNames() => (State, Count, asNames) = (ColumnState.Empty, 0, true);

    /// <summary>Makes the column; one without any value holds numbers.</summary>
    /// <param name="decimalComma">
    /// Whether decimals may follow a comma; null: the user set how numbers are written.
    /// </param>
    /// <param name="format">How numbers are written.</param>
    /// <param name="log">Receives messages about decisions.</param>
    /// <param name="warn">Receives warnings about values that count as missing.</param>
    public Column Build(bool? decimalComma, NumberFormat format, Action<string>? log, Action<string>? warn) =>
        State switch
        {
            ColumnState.Names when tooMany => Texts().WithFacts(new ColumnFacts
            {
                LeftOut = $"it has more than {mostLevels:N0} different values, too many for the memory limit. Raise "
                    + "-MemoryLimit; if text marks missing numbers in it, name it with -MissingValue",
            }),
            ColumnState.Names when mayBeTime || Kind is not null =>
                TextForm.Decide(Texts(), new TextReading(settings, decimalComma, format, log, warn)),
            ColumnState.Names => StrayTexts.Numbers(Texts(), format, warn) ?? (Column)Texts(),
            ColumnState.Times => new TimeColumn(Name, times.ToStore()),
            ColumnState.Numbers => new NumberColumn(Name, numbers.ToStore()),
            _ => new NumberColumn(Name, numbers.Filled(double.NaN, Count)),
        };

    private CategoryColumn Texts() => texts ??= new(Name, codes.ToStore(), levels.Names);

    private void Become(ColumnState state)
    {
        State = state;
        if (state is ColumnState.Mixed)
        {
            numbers.ToStore();
            times.ToStore();
            codes.ToStore();
            levels.Clear();
            return;
        }

        AddMissing(Count);
    }

    private void AddMissing(int count)
    {
        switch (State)
        {
            case ColumnState.Numbers:
                numbers.Add(double.NaN, count);
                break;
            case ColumnState.Times:
                times.Add(TimeColumn.None, count);
                break;
            case ColumnState.Names:
                codes.Add(-1, count);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Append(ReadOnlySpan<int> chunk, IReadOnlyList<string> names)
    {
        if (tooMany || (tooMany = levels.Names.Count > mostLevels))
        {
            codes.Add(-1, chunk.Length);
            return;
        }

        var known = names.Select(levels.CodeOf).ToArray();
        foreach (var code in chunk)
            codes.Add(code < 0 ? -1 : known[code]);
    }
}
