using System.Collections;
using System.Globalization;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Collects one property's values: single values, points in time or arrays, and the reason where it cannot be a column.
/// </summary>
/// <param name="name">The property's name.</param>
/// <param name="settings">The user's wishes for the column; its values decide the rest.</param>
internal sealed class PropertyColumn(string name, ColumnSettings settings)
{
    private const string Mixed = "holds arrays in some rows and single values in others";
    private ColumnBuilder? values;
    private TimeBuilder? times;
    private ArrayBuilder? arrays;
    private TreeBuilder? trees;
    private DlException? wrong;
    private int booleans;

    public string Name { get; } = name;

    /// <summary>Why the property cannot be a column, in words that follow its name; null where it can.</summary>
    public string? LeftOut { get; private set; }

    /// <summary>The number of infinite values, which count as missing.</summary>
    public int Infinite { get; private set; }

    /// <summary>Adds the value of a row; skipped rows have none.</summary>
    public void Add(int row, object? value)
    {
        if (LeftOut is not null || wrong is not null || value is null or DBNull)
            return;
        LeftOut = settings.Kind is ColumnKind.Tree ? AddTree(row, value)
            : value is IList list ? AddArray(row, list) : AddValue(row, value);
    }

    /// <summary>Makes the column.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="isLabel">Whether it is the label: then texts are classes, whatever they look like.</param>
    /// <param name="asCategory">Whether numbers become names too.</param>
    /// <param name="log">Receives messages about decisions.</param>
    /// <param name="warn">Receives warnings about values that count as missing.</param>
    /// <exception cref="DlException">
    /// <c>NotANumber</c>, <c>NotATime</c>, <c>NotABoolean</c>: a value does not have the kind that the user set.
    /// </exception>
    public Column Build(int count, bool isLabel, bool asCategory, Action<string>? log, Action<string>? warn)
    {
        if (wrong is not null)
            throw wrong;
        if (arrays is not null)
            return PaddedTo(count, arrays).Build();
        if (trees is not null)
            return PaddedTo(count, trees).Build();
        if (times is not null)
            return PaddedTo(count, times).Build();
        var built = PaddedTo(count, values ??= new ColumnBuilder(Name, settings.Kind)).Build(asCategory);
        if (built is not CategoryColumn texts)
            return built;
        if (booleans == texts.Count - texts.Missing)
            return texts.WithFacts(texts.Facts with { IsBoolean = true });
        if (!isLabel || settings.Kind is not null)
            return TextForm.Decide(
                texts, new TextReading(settings, DecimalComma: false, NumberFormat.Plain, log, warn));
        return asCategory ? texts : StrayTexts.Numbers(texts, NumberFormat.Plain, warn) ?? built;
    }

    private string? AddArray(int row, IList list) =>
        values is null && times is null && trees is null
            ? PaddedTo(row, arrays ??= new ArrayBuilder(Name)).Add(list) : Mixed;

    private string? AddValue(int row, object value)
    {
        if (arrays is not null)
            return Mixed;
        if (trees is not null || values is null && times is null && TreeBuilder.HasChildren(value, settings))
            return AddTree(row, value);
        if (RawValue.IsTime(value, out var ticks))
        {
            if (values is null && settings.Kind is null or ColumnKind.Time)
                return PaddedTo(row, times ??= new TimeBuilder(Name)).Add(ticks);
            value = new DateTime(ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        }

        if (times is not null)
            return RawValue.TryTime(value, settings.DayFirst, out ticks) ? PaddedTo(row, times).Add(ticks)
                : "holds dates in some rows and other values in others";
        var builder = PaddedTo(row, values ??= new ColumnBuilder(Name, settings.Kind));
        if (RawValue.IsNumber(value, out var number))
        {
            Infinite += double.IsInfinity(number) ? 1 : 0;
            builder.Add(double.IsFinite(number) ? number : double.NaN);
        }
        else if (RawValue.ToText(value) is { } text)
        {
            booleans += value is bool ? 1 : 0;
            if (!builder.Add(text))
                wrong = ColumnValues.NotANumber(Name, text, $" in row {row + 1:N0}");
        }
        else
        {
            return $"holds objects of type {((value as ITreeNode)?.Identity ?? value).GetType().Name}";
        }

        return null;
    }

    private string? AddTree(int row, object value)
    {
        try
        {
            PaddedTo(row, trees ??= new TreeBuilder(Name, settings)).Add(value);
        }
        catch (DlException e)
        {
            wrong = e;
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
