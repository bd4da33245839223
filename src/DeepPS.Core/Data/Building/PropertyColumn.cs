using System.Collections;

namespace DeepPS;

/// <summary>One property's values while objects come: single values or arrays, and why it can be no column.</summary>
internal sealed class PropertyColumn(string name)
{
    private const string Mixed = "holds arrays in some rows and single values in others";
    private ColumnBuilder? values;
    private ArrayBuilder? arrays;

    public string Name { get; } = name;

    /// <summary>Why the property cannot be a column, in words that follow its name; null where it can.</summary>
    public string? LeftOut { get; private set; }

    /// <summary>How many numbers were infinite and count as missing.</summary>
    public int Infinite { get; private set; }

    /// <summary>Adds the value of a row; rows that are passed over have none.</summary>
    public void Add(int row, object? value)
    {
        if (LeftOut is not null || value is null or DBNull)
            return;
        LeftOut = value is IList list ? AddArray(row, list) : AddValue(row, value);
    }

    /// <summary>The column of so many rows.</summary>
    public Column Build(int count, bool asCategory = false)
    {
        if (arrays is not null)
            return PaddedTo(count, arrays).Build();
        return PaddedTo(count, values ??= new ColumnBuilder(Name)).Build(asCategory);
    }

    private string? AddArray(int row, IList list) =>
        values is null ? PaddedTo(row, arrays ??= new ArrayBuilder(Name)).Add(list) : Mixed;

    private string? AddValue(int row, object value)
    {
        if (arrays is not null)
            return Mixed;
        var builder = PaddedTo(row, values ??= new ColumnBuilder(Name));
        if (RawValue.IsNumber(value, out var number))
        {
            Infinite += double.IsInfinity(number) ? 1 : 0;
            builder.Add(double.IsFinite(number) ? number : double.NaN);
        }
        else if (RawValue.ToText(value) is { } text)
        {
            builder.Add(text);
        }
        else
        {
            return value is DateTime or DateTimeOffset or DateOnly or TimeOnly
                ? "holds dates; make numbers of them, such as the hour, the day of the week or the days since a date"
                : $"holds objects of type {value.GetType().Name}";
        }

        return null;
    }

    private static T PaddedTo<T>(int count, T builder) where T : IRowBuilder
    {
        while (builder.Count < count)
            builder.AddMissing();
        return builder;
    }
}
