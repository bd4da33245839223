using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Decides from training data how its label becomes targets.</summary>
internal static class LabelFitting
{
    /// <summary>The plan of a dataset's labels; null where it has none.</summary>
    /// <exception cref="DlException"><c>InvalidLabel</c>: several labels are not all numbers, nor all yes and no.</exception>
    public static LabelPlan? Fit(Dataset train) => train.Labels switch
    {
        [] => null,
        [{ Settings.HoldsSeveral: true } names] => SeveralNames.Fit(names),
        [var column] => Fit(column),
        var several when KindOf(several) is LabelKind.Labels =>
            new LabelPlan(several.Select(column => new LabelPart(column.Name)).ToArray(), LabelKind.Labels, new Shape(several.Count),
                several.Select(column => column.Name).ToArray()),
        var several => new LabelPlan(several.Select(column => Part(column.Name, ColumnValues.Numbers(column).Span)).ToArray(), LabelKind.Number,
            new Shape(several.Count), []),
    };

    /// <summary>What several columns are as one label: numbers, or names of which each is there or not.</summary>
    /// <exception cref="DlException"><c>InvalidLabel</c>: they are neither.</exception>
    public static LabelKind KindOf(IReadOnlyList<Column> labels)
    {
        if (labels.All(IsYesOrNo))
            return LabelKind.Labels;
        return labels.FirstOrDefault(column => column is not NumberColumn) is not { } stranger ? LabelKind.Number
            : throw new DlException("InvalidLabel", DlErrorKind.InvalidArgument,
                $"Labels {string.Join(", ", labels.Select(column => $"'{column.Name}'"))} are to be predicted together: they must all be numbers, or all "
                + $"yes and no; '{stranger.Name}' is of kind {stranger.Kind} ({stranger.Describe()}).", stranger.Name);
    }

    private static LabelPlan Fit(Column column) => column switch
    {
        NumberColumn numbers => new LabelPlan([Part(column.Name, numbers.Values)], LabelKind.Number, new Shape(1), []),
        TensorColumn arrays => new LabelPlan([Part(column.Name, NumberSpan.Convert(arrays.Values, value => (double)value))], LabelKind.Number, arrays.Shape, []),
        _ => new LabelPlan(column.Name, LabelKind.Class, (column as TokenColumn)?.Shape ?? new Shape(), ColumnValues.SortedLevels(column)),
    };

    private static bool IsYesOrNo(Column column) => column.Settings.Kind is not ColumnKind.Number && column switch
    {
        NumberColumn numbers => numbers.Values.IndexOfAnyExcept(0, 1, double.NaN) < 0,
        CategoryColumn names => LevelCounts.Of(names).All(level => BooleanLevels.Parse(level.Level) is not null),
        _ => false,
    };

    private static LabelPart Part(string name, ReadOnlySpan<double> values)
    {
        var (mean, scale) = Standardization.Of(values);
        return new LabelPart(name, mean, scale);
    }
}
