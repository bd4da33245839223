using System.Runtime.CompilerServices;
using System.Text;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// The values of one column in one chunk of a file: numbers where all are numbers, points in time where all are, else
/// texts.
/// </summary>
/// <param name="name">The column's name.</param>
/// <param name="kind">The kind that the user set; null: decided by the values.</param>
/// <param name="mayBeTime">Whether points in time are recognised.</param>
/// <param name="format">How numbers are written.</param>
/// <param name="missing">The texts that stand for a missing value.</param>
internal sealed class ChunkColumn(
    string name, ColumnKind? kind, bool mayBeTime, NumberFormat format, MissingTexts missing)
{
    private readonly ColumnState first = kind is null or ColumnKind.Number or ColumnKind.Time ? ColumnState.Empty
        : ColumnState.Names;
    private readonly bool mayBeNumber = kind is null or ColumnKind.Number;
    private readonly bool mayBeTime = mayBeTime && kind is null or ColumnKind.Time;
    private double[] numbers = new double[256];
    private long[] times = [];
    private int[] codes = [];

    public string Name { get; } = name;

    /// <summary>The kind of the values read so far.</summary>
    public ColumnState State { get; private set; }

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>The numbers, where the values are numbers; NaN where one is missing.</summary>
    public ReadOnlySpan<double> Numbers => numbers.AsSpan(0, Count);

    /// <summary>The ticks, where the values are points in time.</summary>
    public ReadOnlySpan<long> Times => times.AsSpan(0, Count);

    /// <summary>
    /// The number of each text in <see cref="Levels"/>, where the values are texts; -1 where one is missing.
    /// </summary>
    public ReadOnlySpan<int> Codes => codes.AsSpan(0, Count);

    /// <summary>The texts.</summary>
    public LevelTable Levels { get; } = new();

    /// <summary>Whether a number can be added as such.</summary>
    public bool TakesNumbers => State <= ColumnState.Numbers && mayBeNumber;

    /// <summary>Removes all values.</summary>
    public void Clear()
    {
        (State, Count) = (first, 0);
        Levels.Clear();
    }

    /// <summary>Adds a number parsed from text in the file's format.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double number)
    {
        if (missing.Contains(number))
        {
            AddMissing();
            return;
        }

        if (Count == numbers.Length)
            Array.Resize(ref numbers, 2 * Count);
        numbers[Count++] = number;
        State = ColumnState.Numbers;
    }

    /// <summary>Adds a value.</summary>
    /// <returns>False where the user set numbers, and the value is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Add(ReadOnlySpan<byte> text)
    {
        // A text that was a name before is one again.
        if (State is ColumnState.Names && Levels.Recent(text) is >= 0 and var known)
        {
            Append(ref codes, known);
            return true;
        }

        text = text[Ascii.Trim(text)];
        if (missing.Contains(text))
        {
            AddMissing();
            return true;
        }

        switch (State)
        {
            case ColumnState.Empty or ColumnState.Numbers when mayBeNumber && format.TryParse(text, out var number):
                Add(number);
                return true;
            case ColumnState.Empty or ColumnState.Times when mayBeTime && TimeText.TryParse(text, out var time)
                && time.IsOrdered:
                Become(ColumnState.Times);
                Append(ref times, time.Ticks(DayOrder.MonthFirst)!.Value);
                return true;
            case ColumnState.Empty or ColumnState.Names when kind is not ColumnKind.Number:
                Become(ColumnState.Names);
                Append(ref codes, Levels.CodeOf(text));
                return true;
            default:
                State = ColumnState.Mixed;
                Count++;
                return kind is not ColumnKind.Number;
        }
    }

    private void AddMissing()
    {
        switch (State)
        {
            case ColumnState.Empty or ColumnState.Numbers:
                Append(ref numbers, double.NaN);
                break;
            case ColumnState.Times:
                Append(ref times, TimeColumn.None);
                break;
            case ColumnState.Names:
                Append(ref codes, -1);
                break;
            default:
                Count++;
                break;
        }
    }

    /// <summary>Gives the rows so far, all missing, the form of the next ones.</summary>
    private void Become(ColumnState state)
    {
        if (State == state)
            return;
        State = state;
        if (state is ColumnState.Times)
            Lengthen(ref times).AsSpan(0, Count).Fill(TimeColumn.None);
        else
            Lengthen(ref codes).AsSpan(0, Count).Fill(-1);
    }

    private T[] Lengthen<T>(ref T[] values)
    {
        if (values.Length < numbers.Length)
            values = new T[numbers.Length];
        return values;
    }

    private void Append<T>(ref T[] values, T value)
    {
        if (Count >= values.Length)
            Array.Resize(ref values, Math.Max(numbers.Length, 2 * Count));
        values[Count++] = value;
    }
}
