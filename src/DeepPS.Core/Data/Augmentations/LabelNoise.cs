using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Replaces a share of the training labels with random classes, the same in every epoch.</summary>
/// <remarks>
/// From the experiment of Zhang and others, Understanding deep learning requires rethinking generalization (2017): a
/// replaced label is a class drawn uniformly, which may be the same one. At a share of 1 a network can only memorise.
/// </remarks>
[CatalogEntry("LabelNoise", "RandomLabels")]
public sealed record LabelNoise : Augmentation
{
    /// <summary>Probability that a label is replaced.</summary>
    [Setting(Position = 0, Required = true, Minimum = 0, Maximum = 1)]
    public double Share { get; init; }

    internal override string? Refuses(IReadOnlyList<InputPlan> inputs, LabelPlan label) => label switch
    {
        { IsInput: true } => "is for labels that are classes; the network reproduces its input",
        { Kind: not LabelKind.Class } => $"is for labels that are classes; label '{label.Name}' {label.Nature}",
        _ => null,
    };

    internal override Dataset Change(Dataset training, LabelPlan label, int seed)
    {
        if (training.Find(label.Name) is not { } column)
            return training;
        var (before, names) = ColumnValues.Levels(column, label.Shape);
        var levels = names.Union(label.Classes).ToArray();
        var classes = label.Classes.Select(name => Array.IndexOf(levels, name)).ToArray();
        var random = new SeededRandom(seed ^ 0x4C6162656C4E6F69);
        var codes = before.Convert(code =>
            code >= 0 && random.Uniform() < Share ? classes[random.Below(classes.Length)] : code);
        return training.With(label.Shape.Rank == 0 ? new CategoryColumn(column.Name, codes, levels)
            : new TokenColumn(column.Name, codes.Span.ToArray(), levels, label.Shape));
    }
}
