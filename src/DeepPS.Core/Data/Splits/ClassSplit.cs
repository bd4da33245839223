using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Splits by class: the test part has all rows of some classes, the training part the others.</summary>
public static class ClassSplit
{
    /// <summary>Splits a dataset; rows without a class are left out.</summary>
    /// <param name="dataset">A dataset with a class label.</param>
    /// <param name="classes">The classes of the test part.</param>
    /// <param name="options">Receivers of messages.</param>
    /// <exception cref="DlException"><c>NoLabel</c>: the label is no class; <c>ClassNotFound</c>; <c>EmptyPart</c>: no
    /// class is left for the training part.</exception>
    public static Split Of(Dataset dataset, IReadOnlyList<string> classes, SplitOptions options)
    {
        if (dataset.Label is not CategoryColumn label)
            throw new DlException("NoLabel", DlErrorKind.InvalidData,
                $"Dataset '{dataset.Name}' has no label that is a class to split by. Name its label.", dataset);
        var test = new bool[label.Levels.Count];
        foreach (var name in classes)
            test[Find(label, name)] = true;
        var codes = label.Codes.ToArray();
        var split = codes.Index().Where(pair => pair.Item >= 0).ToLookup(pair => test[pair.Item], pair => pair.Index);
        if (!split[false].Any() || !split[true].Any())
            throw new DlException("EmptyPart", DlErrorKind.InvalidArgument,
                $"Label '{label.Name}' has no rows {(split[true].Any() ? "of other classes to learn" : "of these")}. "
                + "Name fewer or other classes.", label.Name);
        return new Split(Part(false, "train"), null, Part(true, "test"), options.Log, options.Warn)
        {
            Name = dataset.Name, Method = $"by class: {string.Join(", ", classes)} in the test part alone",
        };

        Dataset Part(bool isTest, string name) =>
            dataset.Take(split[isTest].ToArray()).Named($"{dataset.Name} ({name})");
    }

    private static int Find(CategoryColumn label, string name)
    {
        var place = label.Levels.Index().Where(pair => pair.Item == name).Select(pair => pair.Index)
            .FirstOrDefault(-1);
        if (place >= 0)
            return place;
        var nearest = NearestName.Of(name, label.Levels.ToArray());
        throw new DlException("ClassNotFound", DlErrorKind.NotFound,
            $"Label '{label.Name}' has no class '{name}'. "
            + (nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}? " : "")
            + $"Classes: {string.Join(", ", label.Levels)}.", name);
    }
}
