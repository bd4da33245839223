using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Import;

/// <summary>Imports a set that has parts of its own as a split, or the part that -Part picks.</summary>
internal static class ImportParts
{
    /// <summary>Reads a dataset, or a split of its parts.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="source">The path or the name to show in errors.</param>
    /// <param name="parts">The parts that the set holds; none where it has no parts.</param>
    /// <param name="context">The parameters, progress and messages.</param>
    /// <param name="read">Reads the part of a context.</param>
    /// <exception cref="DlException"><c>NoParts</c>, <c>NoTrainPart</c>, and what reading throws.</exception>
    public static object Read(string name, string source, IReadOnlyList<string> parts, ImportContext context,
        Func<ImportContext, Dataset> read)
    {
        if (context.Cmdlet.Part is { } given)
            return parts.Count > 0 ? One(given) : throw new DlException("NoParts", DlErrorKind.InvalidArgument,
                $"'{source}' has no parts, but -Part is {given}. Leave -Part out, and split with Split-DlDataset.",
                source);
        if (parts.Count < 2)
            return One(parts.Count == 0 ? PartNames.Train : parts[0]);
        if (!parts.Contains(PartNames.Train))
            throw new DlException("NoTrainPart", DlErrorKind.InvalidData,
                $"'{source}' has the parts {string.Join(" and ", parts)}, and no training part. Read one with -Part.",
                source);
        context.Log($"'{source}' has the parts {string.Join(", ", parts)}; it becomes a split.");
        return new Split(One(PartNames.Train), Of(PartNames.Validation), Of(PartNames.Test), context.Log, context.Warn)
        {
            Name = name, Method = "as published, in parts",
        };

        Dataset One(string part) => context.Cmdlet.WithDefaults(read(context with { Part = part }));

        Dataset? Of(string part) => parts.Contains(part) ? One(part) : null;
    }
}
