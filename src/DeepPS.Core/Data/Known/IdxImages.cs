namespace DeepPS.Data;

/// <summary>
/// A published dataset of grey images of 28 by 28 pixels in four IDX files: MNIST, or a replacement for it.
/// </summary>
public abstract record IdxImages : KnownDataset
{
    /// <summary>The names of the classes, by number.</summary>
    protected abstract IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parts => [PartNames.Train, PartNames.Test];

    /// <inheritdoc/>
    public override Dataset Read(string folder, string part, CsvOptions options, CancellationToken cancel = default)
    {
        var data = IdxReader.ReadFolder(folder, part, cancel);
        var columns = data.Columns.Select(column => column is CategoryColumn label
            && label.Levels.Count <= Classes.Count
            ? new CategoryColumn(label.Name, label.Store, Classes)
            : column).ToArray();
        return new Dataset($"{Name} ({part})", columns, data.Label?.Name);
    }
}
