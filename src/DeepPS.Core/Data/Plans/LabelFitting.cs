using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Decides from training data how its label becomes targets.</summary>
internal static class LabelFitting
{
    /// <summary>The plan of a dataset's labels; null where it has none.</summary>
    /// <exception cref="DlException">
    /// <c>InvalidLabel</c>: several labels are not all numbers, nor all yes and no.
    /// </exception>
    public static LabelPlan? Fit(Dataset train) => train.Labels switch
    {
        [] => null,
        [{ Facts.HoldsSeveral: true } names] => SeveralNames.Fit(names),
        [CategoryColumn { Facts.IsText: true } text] => LabelPlan.OfText(text.Name, TargetEncoder.Fit(text)),
        [var column] => column.FitLabel(),
        var several when KindOf(several) is LabelKind.Labels =>
            new LabelPlan(several.Select(column => new LabelPart(column.Name)).ToArray(), LabelKind.Labels,
                new Shape(several.Count), several.Select(column => column.Name).ToArray()),
        var several => new LabelPlan(several.Select(column => Part(column.Name, column.AsNumbers().Span)).ToArray(),
            LabelKind.Number, new Shape(several.Count), []),
    };

    /// <summary>The kind of several columns as one label: numbers, or names of which each is there or not.</summary>
    /// <exception cref="DlException"><c>InvalidLabel</c>: they are neither.</exception>
    public static LabelKind KindOf(IReadOnlyList<Column> labels)
    {
        if (labels.All(column => column.Settings.Kind is not ColumnKind.Number && column.IsYesOrNo))
            return LabelKind.Labels;
        return labels.FirstOrDefault(column => column is not NumberColumn) is not { } stranger ? LabelKind.Number
            : throw new DlException("InvalidLabel", DlErrorKind.InvalidArgument,
                $"Labels {string.Join(", ", labels.Select(column => $"'{column.Name}'"))} are predicted together: they "
                + $"must all be numbers, or all yes and no; '{stranger.Name}' is of kind {stranger.Kind} "
                + $"({stranger.Describe()}).", stranger.Name);
    }

    /// <summary>The classes of a label: those of its settings, else those that occur.</summary>
    /// <exception cref="DlException"><c>UnknownClass</c>: one occurs that is not in the settings;
    /// <c>InvalidColumnSetting</c>.</exception>
    public static IReadOnlyList<string> Classes(Column column) => Classes(column, ColumnValues.SortedLevels(column));

    /// <summary>The classes of a label's settings, else the classes given, which occur.</summary>
    /// <exception cref="DlException">As for a column.</exception>
    public static IReadOnlyList<string> Classes(Column column, string[] occurring)
    {
        if (column.Settings.Classes is not { } all)
            return occurring;
        if (all.Distinct(StringComparer.Ordinal).Count() < Math.Max(all.Length, 2))
            throw SettingsCheck.Invalid(column, "Classes must be two names or more, each once");
        var strange = occurring.FirstOrDefault(name => !all.Contains(name, StringComparer.Ordinal));
        return strange is null ? all : throw new DlException("UnknownClass", DlErrorKind.InvalidData,
            $"Label '{column.Name}' has the class '{strange}', which is not one of its Classes: "
            + $"{CategoryColumn.Describe(all)}. Add it, or leave its rows out.", strange);
    }

    /// <summary>A column of numbers as part of a label, standardised.</summary>
    public static LabelPart Part(string name, ReadOnlySpan<double> values)
    {
        var (mean, scale) = Standardization.Of(values);
        return new LabelPart(name, mean, scale);
    }
}
