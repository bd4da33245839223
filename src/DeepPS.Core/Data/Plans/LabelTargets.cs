using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Encodes the columns of a label as targets.</summary>
internal static class LabelTargets
{
    private const int ClassesShown = 20;

    /// <summary>The number of each row's class, or of each of its places; -1 where a place has none.</summary>
    /// <param name="label">The plan of the label.</param>
    /// <param name="column">The label's column.</param>
    /// <param name="numbers">The number of each class.</param>
    /// <exception cref="DlException"><c>UnknownClass</c>.</exception>
    public static long[] Classes(LabelPlan label, Column column, Dictionary<string, int> numbers)
    {
        var (store, levels) = ColumnValues.Levels(column, label.Shape, label.IsPadded);
        var codes = store.Span;
        var classes = levels.Select(level => numbers.GetValueOrDefault(level, -1)).ToArray();
        var targets = new long[codes.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = codes[i] < 0 ? -1 : classes[codes[i]];
            if (targets[i] < 0 && codes[i] >= 0)
                throw new DlException("UnknownClass", DlErrorKind.InvalidData,
                    $"Class '{levels[codes[i]]}' of label '{label.Name}' was not in the training data. "
                    + $"Classes: {Known(label.Classes)}. Train with rows of that class, or leave its rows out.",
                    levels[codes[i]]);
        }

        return targets;
    }

    /// <summary>The scaled numbers of each row.</summary>
    public static float[] Numbers(LabelPlan label, IReadOnlyList<Column> columns)
    {
        var parts = label.Parts;
        if (parts.Count == 1 && (!label.Shape.Equals(new Shape(1)) || columns[0] is TensorColumn))
            return Array.ConvertAll(ColumnValues.Arrays(columns[0], label.Shape, label.IsPadded),
                value => parts[0].Of(value));
        var targets = new float[(long)columns[0].Count * parts.Count];
        for (var i = 0; i < parts.Count; i++)
        {
            var (at, part) = (i, parts[i]);
            foreach (var value in columns[i].AsNumbers().Span)
            {
                targets[at] = part.Of(value);
                at += parts.Count;
            }
        }

        return targets;
    }

    private static string Known(IReadOnlyList<string> classes) => classes.Count <= ClassesShown
        ? string.Join(", ", classes)
        : $"{string.Join(", ", classes.Take(ClassesShown))} and {classes.Count - ClassesShown} more";
}
