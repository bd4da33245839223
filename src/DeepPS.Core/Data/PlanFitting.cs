namespace DeepPS;

/// <summary>Decides what becomes of each column of training data.</summary>
internal static class PlanFitting
{
    public static DataPlan Fit(Dataset train, Action<string>? log)
    {
        if (train.Label is { } label)
            (train, _) = WithoutMissing(train, label, log);
        if (train.Count == 0)
            throw new DlException("NoRows", DlErrorKind.InvalidData, $"'{train.Name}' has no rows to learn from.", train.Name);
        var labelPlan = train.Label is null ? null : LabelPlan.Fit(train.Label);
        var columns = train.Columns.Select(column =>
            column == train.Label ? new ColumnPlan(column.Name, ColumnRole.Label, labelPlan!.Description, null)
            : column == train.Weight ? new ColumnPlan(column.Name, ColumnRole.Weight, "how much a row counts in the loss", null)
            : Plan(column, log)).ToArray();
        foreach (var column in columns)
            log?.Invoke(column.Role is ColumnRole.LeftOut
                ? $"Column '{column.Name}' is left out: {column.Reason}."
                : $"{(column.Role is ColumnRole.Input ? "Column" : column.Role)} '{column.Name}': {column.Encoder}.");
        return columns.Any(column => column.Role is ColumnRole.Input) ? new DataPlan(columns, labelPlan) : throw NoInputs(train, columns);
    }

    /// <summary>The rows that have a value in a column, and how many have none.</summary>
    public static (Dataset Kept, int Dropped) WithoutMissing(Dataset data, Column column, Action<string>? log)
    {
        var dropped = column.Missing;
        if (dropped == 0)
            return (data, 0);
        if (dropped == column.Count)
            throw new DlException("NoLabels", DlErrorKind.InvalidData, $"No row of '{data.Name}' has a value in its label '{column.Name}'.", column.Name);
        log?.Invoke($"{dropped:N0} of {data.Count:N0} rows of '{data.Name}' are dropped: their label '{column.Name}' is missing.");
        return (data.Take(Enumerable.Range(0, data.Count).Where(row => !column.IsMissing(row)).ToArray()), dropped);
    }

    private static ColumnPlan Plan(Column column, Action<string>? log)
    {
        if (LeaveOutRules.Reason(column) is { } reason)
            return new ColumnPlan(column.Name, ColumnRole.LeftOut, null, reason);
        ColumnEncoder encoder = column switch
        {
            NumberColumn numbers => NumberEncoder.Fit(numbers),
            CategoryColumn { Settings.Kind: ColumnKind.Text } texts => TextEncoder.Fit(texts, log),
            CategoryColumn categories => CategoryEncoder.Fit(categories),
            IImages => ImageEncoder.Fit(column),
            TensorColumn arrays => new TensorEncoder(arrays.Shape),
            TokenColumn names => TokenEncoder.Fit(names),
            WindowColumn windows => WindowEncoder.Fit(windows),
            _ => throw new InvalidOperationException($"No encoder for columns of kind {column.Kind}"),
        };
        return new ColumnPlan(column.Name, ColumnRole.Input, encoder.Description, null) { Encoding = encoder };
    }

    private static DlException NoInputs(Dataset train, ColumnPlan[] columns)
    {
        var reasons = columns.Where(column => column.Reason is not null).Select(column => $"{column.Name} ({column.Reason})");
        return new DlException("NoInputs", DlErrorKind.InvalidData,
            $"No column of '{train.Name}' can be an input. Left out: {string.Join("; ", reasons)}.", train.Name);
    }
}
