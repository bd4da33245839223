using System.Buffers;
using System.Text;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Collects one column of objects, value by value: numbers as long as all values are numbers, else names. The digits of
/// numbers are kept, packed, so that "007" is still "007" when the column turns out to hold names.
/// </summary>
internal sealed class ColumnBuilder(string name, ColumnKind? kind = null) : IRowBuilder
{
    private readonly ColumnBuffer<double> numbers = new();
    private readonly ColumnBuffer<int> codes = new();
    private readonly LevelTable levels = new();
    private NumberTexts? digits = kind is null ? new NumberTexts() : null;
    private bool isNames = kind is not (null or ColumnKind.Number);

    public string Name { get; } = name;

    /// <summary>The kind that the user set; null: decided by the values.</summary>
    public ColumnKind? Kind { get; } = kind;

    public int Count => isNames ? codes.Count : numbers.Count;

    /// <summary>Adds a value as text in UTF-8.</summary>
    /// <returns>False where the user set numbers and this is none; then nothing is added.</returns>
    public bool Add(ReadOnlySpan<byte> text)
    {
        text = text[Ascii.Trim(text)];
        if (MissingValue.Is(text))
        {
            AddMissing();
            return true;
        }

        if (!isNames)
        {
            if (text.Length <= NumberTexts.Longest && NumberText.TryParse(text, out var number))
            {
                AddNumber(number, text);
                return true;
            }

            if (Kind is ColumnKind.Number)
                return false;
            BecomeNames();
        }

        codes.Add(levels.CodeOf(text));
        return true;
    }

    /// <summary>Adds a value as text.</summary>
    public bool Add(string text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return Add(buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Adds a number; NaN where it is missing.</summary>
    public void Add(double number)
    {
        if (double.IsNaN(number))
            AddMissing();
        else if (isNames)
            codes.Add(levels.CodeOf(NumberText.Format(number)));
        else
            AddNumber(number, default);
    }

    public void AddMissing()
    {
        if (isNames)
        {
            codes.Add(-1);
            return;
        }

        numbers.Add(double.NaN);
        digits?.Add(default);
    }

    /// <summary>Makes the column; one without any value holds numbers.</summary>
    /// <param name="asCategory">Whether numbers become names too.</param>
    public Column Build(bool asCategory = false)
    {
        if (asCategory && !isNames)
            BecomeNames();
        return isNames ? new CategoryColumn(Name, codes.ToStore(), levels.Names)
            : new NumberColumn(Name, numbers.ToStore());
    }

    private void AddNumber(double number, ReadOnlySpan<byte> text)
    {
        numbers.Add(number);
        digits?.Add(text);
    }

    private void BecomeNames()
    {
        isNames = true;
        var at = 0;
        foreach (var piece in numbers.Pieces())
            foreach (var number in piece.Span)
            {
                var text = digits is null ? default : digits.Read(ref at);
                codes.Add(double.IsNaN(number) ? -1 : text.IsEmpty ? levels.CodeOf(NumberText.Format(number))
                    : levels.CodeOf(text));
            }

        numbers.ToStore();
        digits = null;
    }
}
