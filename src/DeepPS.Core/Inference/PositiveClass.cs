using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Inference;

/// <summary>The class that a threshold and the binary metrics are about.</summary>
internal static class PositiveClass
{
    /// <summary>The number of the class: the named one, else the second of two.</summary>
    /// <returns>-1 for a label of several names, each of which is positive by itself.</returns>
    /// <exception cref="DlException"><c>NoPositiveClass</c>: it must be named; <c>ClassNotFound</c>.</exception>
    public static int Of(string? name, LabelPlan label)
    {
        if (label.Kind is LabelKind.Labels)
            return -1;
        if (name is null)
            return label.Classes.Count == 2 ? 1 : throw new DlException("NoPositiveClass", DlErrorKind.InvalidArgument,
                $"Label '{label.Name}' has {label.Classes.Count} classes, so the positive one must be named: "
                + $"-Positive with one of {string.Join(", ", label.Classes)}.", label.Name);
        var classes = label.Classes.ToArray();
        var place = Array.IndexOf(classes, name);
        if (place < 0)
            place = Array.FindIndex(classes, other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
        return place >= 0 ? place : throw new DlException("ClassNotFound", DlErrorKind.NotFound,
            $"'{name}' is no class of '{label.Name}'. Classes: {string.Join(", ", classes)}.", name);
    }
}
