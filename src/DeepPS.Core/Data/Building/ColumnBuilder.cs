using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace DeepPS;

/// <summary>
/// Collects one column, value by value, in arrays: numbers for as long as every value is one, names of levels from the first
/// that is not. The digits of numbers are kept, packed, so that "007" is still "007" when the column turns out to be names.
/// </summary>
internal sealed class ColumnBuilder(string name, ColumnKind? kind = null) : IRowBuilder
{
    private readonly List<double> numbers = [];
    private NumberTexts? digits = kind is null ? new NumberTexts() : null;
    private List<int>? codes = kind is ColumnKind.Category or ColumnKind.Text ? [] : null;
    private List<string>? levels = kind is ColumnKind.Category or ColumnKind.Text ? [] : null;
    private Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = NewLookup();
    private bool anyNumber;

    public string Name { get; } = name;

    /// <summary>What the column was said to be; null: decided by its values.</summary>
    public ColumnKind? Kind { get; } = kind;

    public int Count => codes?.Count ?? numbers.Count;

    /// <summary>Adds a value as text in UTF-8.</summary>
    /// <returns>False when the column was said to be numbers and this is none; nothing is added then.</returns>
    public bool Add(ReadOnlySpan<byte> text)
    {
        if (codes is null && NumberText.TryParsePlain(text, out var plain))
        {
            AddNumber(plain, text);
            return true;
        }

        text = text[Ascii.Trim(text)];
        if (MissingValue.Is(text))
        {
            AddMissing();
            return true;
        }

        if (codes is null)
        {
            if (text.Length <= NumberTexts.Longest && NumberText.TryParse(text, out var number))
            {
                AddNumber(number, text);
                return true;
            }

            if (Kind is ColumnKind.Number)
                return false;
            BecomeCategory();
        }

        AddLevel(text);
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

    /// <summary>Adds a number; NaN where there is none.</summary>
    public void Add(double number)
    {
        if (double.IsNaN(number))
            AddMissing();
        else if (codes is null)
            AddNumber(number, default);
        else
            AddLevel(NumberText.Format(number));
    }

    public void AddMissing()
    {
        if (codes is not null)
        {
            codes.Add(-1);
            return;
        }

        numbers.Add(double.NaN);
        digits?.Add(default);
    }

    /// <summary>The column; one without any value is of numbers.</summary>
    /// <param name="asCategory">Whether to make names even of numbers.</param>
    public Column Build(bool asCategory = false)
    {
        if (asCategory && codes is null)
            BecomeCategory();
        return codes is null
            ? new NumberColumn(Name, numbers.ToArray())
            : new CategoryColumn(Name, codes.ToArray(), levels!.ToArray());
    }

    private static Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> NewLookup() =>
        new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private void AddNumber(double number, ReadOnlySpan<byte> text)
    {
        numbers.Add(number);
        anyNumber = true;
        digits?.Add(text);
    }

    private void AddLevel(ReadOnlySpan<byte> text)
    {
        char[]? rented = null;
        Span<char> buffer = text.Length <= 256 ? stackalloc char[256] : rented = ArrayPool<char>.Shared.Rent(text.Length);
        AddLevel(buffer[..Encoding.UTF8.GetChars(text, buffer)]);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
    }

    private void AddLevel(ReadOnlySpan<char> text)
    {
        if (!lookup.TryGetValue(text, out var code))
        {
            code = levels!.Count;
            var level = text.ToString();
            levels.Add(level);
            lookup.Dictionary.Add(level, code);
        }

        codes!.Add(code);
    }

    private void BecomeCategory()
    {
        codes = new List<int>(numbers.Count);
        levels = [];
        if (anyNumber)
            ReplayNumbers();
        else
        {
            CollectionsMarshal.SetCount(codes, numbers.Count);
            CollectionsMarshal.AsSpan(codes).Fill(-1);
        }

        numbers.Clear();
        numbers.TrimExcess();
        digits = null;
    }

    private void ReplayNumbers()
    {
        var at = 0;
        foreach (var number in numbers)
        {
            var text = digits!.Read(ref at);
            if (double.IsNaN(number))
                codes!.Add(-1);
            else if (text.IsEmpty)
                AddLevel(NumberText.Format(number));
            else
                AddLevel(text);
        }
    }
}
