using System.Collections;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// A label of several names a row: as text with a mark between them, <c>red;blue</c>, or as columns of yes and no.
/// </summary>
internal static class SeveralNames
{
    private static readonly char[] Marks = [';', '|', ','];

    /// <summary>Joins names into one text.</summary>
    public static string Join(IList names) => string.Join(Marks[0], names.Cast<object?>().Select(RawValue.ToText));

    /// <summary>The plan of a column of texts.</summary>
    public static LabelPlan Fit(Column column)
    {
        var texts = LevelCounts.Of(column).Select(level => level.Level).ToArray();
        // The mark is the one that most texts have; for equal counts ; goes before | before , in this order.
        var mark = Marks.MaxBy(mark => texts.Count(text => text.Contains(mark)));
        var names = texts.SelectMany(text => Split(text, mark)).Distinct().Order(StringComparer.Ordinal).ToArray();
        var all = LabelFitting.Classes(column, names);
        return all.Count > 0
            ? new LabelPlan(column.Name, LabelKind.Labels, new Shape(all.Count), all) { Mark = mark }
            : throw new DlException("NoLabels", DlErrorKind.InvalidData,
                $"No row has a name in the label '{column.Name}'.", column.Name);
    }

    private static string[] Split(string text, char mark) =>
        text.Split(mark, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Encodes 1 for each name that a row has, else 0.</summary>
    /// <param name="label">The names.</param>
    /// <param name="columns">A column of texts, or one of yes and no for each name.</param>
    /// <param name="numbers">The number of each name.</param>
    /// <param name="log">Told of names that training did not know: they cannot be predicted.</param>
    public static long[] Encode(
        LabelPlan label, IReadOnlyList<Column> columns, Dictionary<string, int> numbers, Action<string>? log)
    {
        var targets = new long[(long)columns[0].Count * numbers.Count];
        if (label.Mark is not { } mark)
        {
            for (var i = 0; i < columns.Count; i++)
                EncodeYes(columns[i], targets, i, columns.Count);
            return targets;
        }

        var (store, texts) = columns[0].AsLevels();
        var names = texts.Select(text => Split(text, mark)).ToArray();
        if (names.SelectMany(own => own).Where(name => !numbers.ContainsKey(name)).Distinct()
            .ToArray() is { Length: > 0 } unknown)
            log?.Invoke(
                $"Label '{label.Name}': {string.Join(", ", unknown)} did not occur in training and cannot be "
                    + "predicted.");
        var places = names.Select(own => own.Where(numbers.ContainsKey).Select(name => numbers[name]).ToArray())
            .ToArray();
        var start = 0;
        foreach (var code in store.Span)
        {
            foreach (var place in code < 0 ? [] : places[code])
                targets[start + place] = 1;
            start += numbers.Count;
        }

        return targets;
    }

    private static void EncodeYes(Column column, long[] targets, int at, int stride)
    {
        var (store, levels) = column.AsLevels();
        var yes = levels.Select(level => BooleanLevels.Parse(level)
            ?? throw BooleanLevels.NotABoolean(column.Name, level)).ToArray();
        foreach (var code in store.Span)
        {
            targets[at] = yes[code] ? 1 : 0;
            at += stride;
        }
    }
}
