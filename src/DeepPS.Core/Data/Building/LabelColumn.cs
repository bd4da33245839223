using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Decides whether a label is a class or a number, and gives the column that form.</summary>
internal static class LabelColumn
{
    private const int MostClasses = 20;
    private const int FewestRowsPerClass = 10;

    /// <summary>
    /// Text is a class. Numbers are numbers, unless they are whole and run from 0 or 1 without a gap, at most 20 of them with ten
    /// rows each or more on average: then they number the classes. So it is with arrays of them.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="kind">What the label is said to be; null: decided by its values.</param>
    /// <param name="isOneOfSeveral">Whether other columns are to be predicted with it: numbers then are numbers, and names yes or no.</param>
    /// <param name="log">Told what was decided.</param>
    public static Column Decide(Column column, LabelKind? kind, bool isOneOfSeveral, Action<string>? log)
    {
        if (isOneOfSeveral)
            return kind is LabelKind.Number
                ? new NumberColumn(column.Name, ColumnValues.Numbers(column)).With(column.Settings with { Kind = ColumnKind.Number }) : column;
        switch (column)
        {
            case CategoryColumn or NumberColumn or TokenColumn when kind is LabelKind.Labels:
                log?.Invoke($"Label '{column.Name}' is several names a row, or none.");
                return Names(column).With(column.Settings with { HoldsSeveral = true });
            case NumberColumn numbers when kind is LabelKind.Class:
                return ToClasses(numbers);
            case NumberColumn numbers when kind is null && ClassCount(numbers.Values) is var count and > 0:
                log?.Invoke($"Label '{column.Name}' is a class: its numbers are {count} whole ones without a gap. As LabelKind Number they would be learned as numbers.");
                return ToClasses(numbers);
            case NumberColumn:
                log?.Invoke($"Label '{column.Name}' is a number.");
                return column;
            case CategoryColumn categories when kind is LabelKind.Number:
                return new NumberColumn(column.Name, ColumnValues.Numbers(categories));
            case CategoryColumn categories:
                log?.Invoke($"Label '{column.Name}' is a class: one of {categories.Levels.Count}.");
                return column;
            case TensorColumn numbers when kind is LabelKind.Class
                || kind is null && ClassCount(NumberSpan.Convert(numbers.Values, value => (double)value)) > 0:
                log?.Invoke($"Label '{column.Name}' is a class at each of {numbers.Shape.Size} places. "
                    + "As LabelKind Number its numbers would be learned as numbers.");
                return ToClasses(numbers);
            case TensorColumn numbers:
                log?.Invoke($"Label '{column.Name}' is an array of numbers, {numbers.Shape}.");
                return column;
            case TokenColumn names when kind is LabelKind.Number:
                throw ColumnValues.NotANumber(column.Name, names.Levels[0]);
            case TokenColumn names:
                log?.Invoke($"Label '{column.Name}' is a class at each of {names.Shape.Size} places, one of {names.Levels.Count}.");
                return column;
            default:
                throw new DlException("InvalidLabel", DlErrorKind.InvalidArgument,
                    $"Label '{column.Name}' is a column of kind {column.Kind}; a label is a number or a category, or an array of them.", column.Name);
        }
    }

    /// <summary>What is said about a label: its own kind goes before that of its column, and it is always read.</summary>
    public static ColumnSettings Settings(ColumnSettings column, LabelKind? kind) => kind switch
    {
        LabelKind.Class or LabelKind.Labels => column with { Kind = ColumnKind.Category },
        LabelKind.Number => column with { Kind = ColumnKind.Number },
        _ => column.Kind is ColumnKind.Ignore ? column with { Kind = null } : column,
    };

    /// <summary>Names as text, those of an array with a mark between.</summary>
    private static CategoryColumn Names(Column column) => column switch
    {
        CategoryColumn names => names,
        NumberColumn numbers => ToClasses(numbers),
        _ => (CategoryColumn)Joined((TokenColumn)column),
    };

    private static Column Joined(TokenColumn column)
    {
        var builder = new ColumnBuilder(column.Name, ColumnKind.Category);
        for (var row = 0; row < column.Count; row++)
            if (column[row] is System.Collections.IList names)
                builder.Add(SeveralNames.Join(names));
            else
                builder.AddMissing();
        return builder.Build();
    }

    private static CategoryColumn ToClasses(NumberColumn column)
    {
        var (codes, levels) = ColumnValues.Levels(column);
        return new CategoryColumn(column.Name, codes, levels);
    }

    private static TokenColumn ToClasses(TensorColumn column)
    {
        var classes = ToClasses(new NumberColumn(column.Name, NumberSpan.Convert(column.Values, value => (double)value)));
        return new TokenColumn(column.Name, classes.Codes.ToArray(), classes.Levels, column.Shape);
    }

    private static int ClassCount(ReadOnlySpan<double> values)
    {
        var seen = new bool[MostClasses + 1];
        var rows = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            if (value < 0 || value > MostClasses || value != Math.Floor(value))
                return 0;
            seen[(int)value] = true;
            rows++;
        }

        var first = seen[0] ? 0 : 1;
        var count = 0;
        while (first + count < seen.Length && seen[first + count])
            count++;
        var gapless = count == seen.Count(value => value);
        return gapless && count is >= 2 and <= MostClasses && rows >= FewestRowsPerClass * count ? count : 0;
    }
}
