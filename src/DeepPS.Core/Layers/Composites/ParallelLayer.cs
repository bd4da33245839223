using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Runs several branches over the same input and merges their outputs.</summary>
/// <remarks>An empty branch is the input itself. Parameter names start with <c>branch1</c>, <c>branch2</c>, ... Used in
/// the modules of Szegedy and others, Going Deeper with Convolutions (2014).</remarks>
[CatalogEntry("Parallel", "Branches")]
public sealed record ParallelLayer : UnaryLayer, IComposite
{
    private static readonly Concat AlongChannels = new();

    /// <summary>The branches, each a list of layers: -Branches $one, $two.</summary>
    [Setting(Position = 0, Required = true)]
    public LayerList[] Branches { get; init; } = [];

    /// <summary>How the outputs are merged.</summary>
    [Setting(Position = 1)]
    public MergeKind Merge { get; init; }

    string? IComposite.Join => Merge.ToString();

    IReadOnlyList<CompositePart> IComposite.Parts(Shape input) =>
        Branches.Select((branch, i) => new CompositePart($"branch{i + 1}", branch, input)).ToArray();

    Layer IComposite.With(IReadOnlyList<LayerList> parts) => this with { Branches = [.. parts] };

    protected internal override void Validate()
    {
        if (Branches.Length < 2)
            throw SettingProblem.Of(this, nameof(Branches), "two branches or more", Branches.Length);
    }

    internal override IEnumerable<Layer> Inside => Branches.SelectMany(branch => branch);

    internal override bool KeepsSteps => Inside.All(layer => layer.KeepsSteps);

    protected override Shape OutputShape(Shape input) =>
        Merger.OutputShape(Branches.Select(branch => branch.Count == 0 ? input : branch.OutputShape(input)).ToArray());

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var branches = Branches
            .Select((branch, i) => branch.Count == 0 ? null : builder.Child($"branch{i + 1}", branch, builder.Input))
            .ToArray();
        var merge = Merger.Build(builder);
        return (x, context) =>
            merge(branches.Select(branch => branch?.Invoke([x], context) ?? x).ToArray(), context);
    }

    private Layer Merger => Merge switch
    {
        MergeKind.Add => new Add(),
        MergeKind.Multiply => new Multiply(),
        MergeKind.Average => new Average(),
        MergeKind.Maximum => new Maximum(),
        _ => AlongChannels,
    };
}
