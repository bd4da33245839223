using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Draws episodes from a dataset with a class label: classes at random, and of each different samples for
/// support and query (Vinyals et al., Matching networks for one shot learning, 2016).</summary>
public static class EpisodeSplitter
{
    /// <summary>Draws episodes one by one, when they are enumerated.</summary>
    /// <exception cref="DlException"><c>EpisodeLabel</c>: the label is not one class in each row; <c>EpisodeClass</c>:
    /// there are too few classes, or samples of one.</exception>
    public static IEnumerable<Episode> Of(Dataset dataset, EpisodeOptions options)
    {
        var label = dataset.Label as CategoryColumn is { Facts.HoldsSeveral: false } classes
            && dataset.Labels.Count == 1 ? classes
            : throw new DlException("EpisodeLabel", DlErrorKind.InvalidData,
                $"Episodes need a label with one class in each row; '{dataset.Name}' has "
                + (dataset.Label is { } other ? $"label '{other.Name}' of kind {other.Kind}. " : "no label. ")
                + "Name a label, or use -LabelKind Class.", dataset);
        var codes = label.Codes.ToArray();
        var rows = Enumerable.Range(0, label.Count).Where(row => codes[row] >= 0).ToLookup(row => codes[row])
            .OrderBy(group => label.Levels[group.Key], StringComparer.Ordinal)
            .Select(group => (Name: label.Levels[group.Key], Rows: group.ToArray())).ToArray();
        Check(label.Name, rows, options);
        return Draw(dataset, rows, options);
    }

    private static IEnumerable<Episode> Draw(Dataset dataset, (string Name, int[] Rows)[] classes,
        EpisodeOptions options)
    {
        var random = new SeededRandom(options.Seed);
        var order = Enumerable.Range(0, classes.Length).ToArray();
        for (var number = 1; number <= options.Count; number++)
        {
            random.Shuffle(order.AsSpan());
            var chosen = order.Take(options.Way).Order().Select(place => classes[place]).ToArray();
            var (support, query) = (new List<int>(), new List<int>());
            foreach (var (_, rows) in chosen)
            {
                Front(rows, options.Shot + options.Query, random);
                support.AddRange(rows.AsSpan(0, options.Shot));
                query.AddRange(rows.AsSpan(options.Shot, options.Query));
            }

            yield return new Episode
            {
                Number = number,
                Classes = chosen.Select(own => own.Name).ToArray(),
                Shot = options.Shot,
                Support = dataset.Take(support.ToArray()).Named($"{dataset.Name}, support {number}"),
                Query = dataset.Take(query.ToArray()).Named($"{dataset.Name}, query {number}"),
            };
        }
    }

    /// <summary>Moves random items to the front.</summary>
    private static void Front(int[] items, int count, SeededRandom random)
    {
        for (var i = 0; i < count; i++)
        {
            var j = i + random.Below(items.Length - i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static void Check(string label, (string Name, int[] Rows)[] classes, EpisodeOptions options)
    {
        if (classes.Length < options.Way)
            throw new DlException("EpisodeClass", DlErrorKind.InvalidData,
                $"An episode needs {options.Way} classes, and label '{label}' has {classes.Length}. Use a smaller "
                + "-Way.", label);
        var needed = options.Shot + options.Query;
        if (classes.FirstOrDefault(own => own.Rows.Length < needed) is { Name: not null } few)
            throw new DlException("EpisodeClass", DlErrorKind.InvalidData,
                $"An episode needs {needed} samples of a class ({options.Shot} shot and {options.Query} queries); "
                + $"class '{few.Name}' of label '{label}' has {few.Rows.Length}. Use a smaller -Shot or -Query, or "
                + "leave the class out.", few.Name);
    }
}
