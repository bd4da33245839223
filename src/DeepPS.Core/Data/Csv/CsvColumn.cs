using System.Runtime.CompilerServices;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A column of a file, joined of its pieces in their order.</summary>
/// <param name="name">The column's name.</param>
/// <param name="settings">What was said about the column; the rest is decided by its values.</param>
/// <param name="mayBeTime">Whether points in time are looked for.</param>
/// <param name="budget">In whose files its values lie; null: in memory.</param>
internal sealed class CsvColumn(string name, ColumnSettings settings, bool mayBeTime, MemoryBudget? budget = null)
{
    /// <summary>More rows than that are believed when they come.</summary>
    private const int MostExpected = 1 << 27;

    private readonly ColumnBuffer<double> numbers = new(budget);
    private readonly ColumnBuffer<long> times = new(budget);
    private readonly ColumnBuffer<int> codes = new(budget);
    private readonly LevelTable levels = new();
    private readonly long mostLevels = budget?.MostLevels ?? long.MaxValue;
    private int expected;
    private bool tooMany;
    private bool asNames;

    public string Name { get; } = name;

    /// <summary>What the column was said to be; null: decided by its values.</summary>
    public ColumnKind? Kind => settings.Kind;

    /// <summary>How many rows were added.</summary>
    public int Count { get; private set; }

    /// <summary>What the values are so far.</summary>
    public ColumnState State { get; private set; }

    /// <summary>A column for a piece of the file.</summary>
    public ChunkColumn NewChunk(NumberFormat format, MissingTexts missing) =>
        new(Name, asNames ? ColumnKind.Category : Kind, mayBeTime, format, missing);

    /// <summary>Tells how many rows there will be in all, about.</summary>
    public void Expect(long count) => expected = (int)Math.Min(count, MostExpected);

    /// <summary>Adds the rows of the next piece.</summary>
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

    /// <summary>Begins anew, to be read as texts: they were of two kinds.</summary>
    public void BecomeNames() => (State, Count, asNames) = (ColumnState.Empty, 0, true);

    /// <summary>The column; one without any value is of numbers.</summary>
    /// <param name="decimalComma">Whether decimals may follow a comma; null: how numbers are written was said.</param>
    /// <param name="log">Told what was decided.</param>
    public Column Build(bool? decimalComma, Action<string>? log) => State switch
    {
        ColumnState.Names when tooMany => new CategoryColumn(Name, codes.ToStore(), levels.Names).WithFacts(new ColumnFacts
        {
            LeftOut = $"it has more than {mostLevels:N0} different values, too many for the memory that is allowed",
        }),
        ColumnState.Names when mayBeTime || Kind is not null =>
            TextForm.Decide(new CategoryColumn(Name, codes.ToStore(), levels.Names),
                new TextReading(settings, decimalComma, log)),
        ColumnState.Names => new CategoryColumn(Name, codes.ToStore(), levels.Names),
        ColumnState.Times => new TimeColumn(Name, times.ToStore()),
        ColumnState.Numbers => new NumberColumn(Name, numbers.ToStore()),
        _ => new NumberColumn(Name, numbers.Filled(double.NaN, Count)),
    };

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
