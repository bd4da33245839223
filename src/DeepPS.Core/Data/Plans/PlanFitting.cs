using System.Runtime.ExceptionServices;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Decides the role and encoding of each column of training data.</summary>
internal static class PlanFitting
{
    public static DataPlan Fit(Dataset train, Action<string>? log, Action<string>? warn)
    {
        var (columns, label) = Columns(train, log);
        WarnOfLeftOut(train, columns, warn);
        if (warn is not null && label?.Text?.Doubt((CategoryColumn)train.Label!) is { } doubt)
            warn(doubt.TrimEnd());
        foreach (var column in columns)
            log?.Invoke(column.Role is ColumnRole.LeftOut
                ? $"Column '{column.Name}' is left out: {column.Reason}."
                : $"{(column.Role is ColumnRole.Input ? "Column" : column.Role)} '{column.Name}': {column.Encoder}.");
        // A language model learns from its label alone.
        return label is { Kind: LabelKind.Text } || columns.Any(column => column.Role is ColumnRole.Input)
            ? new DataPlan(columns, label)
            : throw NoInputs(train, columns);
    }

    /// <summary>One warning for all columns that are left out, except those that the user asked for.</summary>
    private static void WarnOfLeftOut(Dataset train, ColumnPlan[] columns, Action<string>? warn)
    {
        var leftOut = columns.Where(column => column.Role is ColumnRole.LeftOut && train.Find(column.Name) is
        { Settings.Kind: not ColumnKind.Ignore, Facts.IsLeftOutByUse: false }).ToArray();
        if (warn is null || leftOut.Length == 0 || columns.All(column => column.Role is not ColumnRole.Input))
            return;
        warn($"{(leftOut.Length == 1 ? "A column" : $"{leftOut.Length:N0} columns")} of '{train.Name}' "
            + $"{(leftOut.Length == 1 ? "is" : "are")} left out: "
            + string.Join("; ", leftOut.Select(column => $"'{column.Name}': {column.Reason}")) + ".");
    }

    /// <summary>The plans of all columns, even where none can be an input, and of the label.</summary>
    public static (ColumnPlan[] Columns, LabelPlan? Label) Columns(Dataset train, Action<string>? log)
    {
        if (train.Labels.FirstOrDefault(column => column.Missing == column.Count && column.Count > 0) is { } empty)
            throw new DlException("NoLabels", DlErrorKind.InvalidData,
                $"No row of '{train.Name}' has a value in its label '{empty.Name}'.", empty.Name);
        (train, _) = MissingRows.Drop(train, [.. train.Labels.Where(column => !column.Facts.HoldsSeveral),
            .. Strict(train, MissingRule.Drop)], log);
        MissingRows.Refuse(train, Strict(train, MissingRule.Refuse));
        if (train.Count == 0)
            throw new DlException("NoRows", DlErrorKind.InvalidData,
                $"'{train.Name}' has no rows to learn from.", train.Name);
        var label = LabelFitting.Fit(train);
        if (label is { Kind: LabelKind.Text })
            train = train.With(column => column is CategoryColumn { Settings.Kind: null } text
                ? text.With(text.Settings with { Kind = ColumnKind.Text }) : column);
        var (plans, messages) = (new ColumnPlan[train.Columns.Count], new List<string>[train.Columns.Count]);
        var failures = new Exception?[train.Columns.Count];
        Parallel.For(0, plans.Length, i =>
        {
            try
            {
                plans[i] = Plan(train, train.Columns[i], label, (messages[i] = []).Add);
            }
            catch (DlException e)
            {
                failures[i] = e;
            }
        });
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
        foreach (var text in messages.SelectMany(own => own))
            log?.Invoke(text);
        return (plans, label);
    }

    private static ColumnPlan Plan(Dataset train, Column column, LabelPlan? label, Action<string> log)
    {
        var plan = train.IsLabel(column)
            ? new ColumnPlan(column.Name, ColumnRole.Label, label!.Description, "it is the label")
            : column == train.Weight
                ? new ColumnPlan(column.Name, ColumnRole.Weight, "the weight of a row in the loss", "it is the weight")
            : Plan(column, label is not null, log);
        return plan with { Kind = column.Kind };
    }

    private static IEnumerable<Column> Strict(Dataset train, MissingRule rule) => train.Columns.Where(column =>
        !train.IsLabel(column) && column != train.Weight && column.Settings.Missing == rule
            && LeaveOutRules.Reason(column) is null);

    private static ColumnPlan Plan(Column column, bool embeds, Action<string>? log)
    {
        if (LeaveOutRules.Reason(column) is { } reason)
            return new ColumnPlan(column.Name, ColumnRole.LeftOut, null, reason);
        SettingsCheck.Check(column);
        var (encoder, why) = column.ChooseEncoder(embeds, log);
        if (encoder is null)
            return new ColumnPlan(column.Name, ColumnRole.LeftOut, null, why);
        return new ColumnPlan(column.Name, ColumnRole.Input, encoder.Description, why)
        {
            Encoding = encoder,
            Written = column.Facts.Written,
            Missing = column.Settings.Missing is MissingRule.Drop or MissingRule.Refuse ? column.Settings.Missing
                : null,
        };
    }

    private static DlException NoInputs(Dataset train, ColumnPlan[] columns)
    {
        var reasons = columns.Where(column => column.Role is ColumnRole.LeftOut)
            .Select(column => $"{column.Name} ({column.Reason})");
        return new DlException("NoInputs", DlErrorKind.InvalidData,
            $"No column of '{train.Name}' can be an input. Left out: {string.Join("; ", reasons)}.", train.Name);
    }
}
