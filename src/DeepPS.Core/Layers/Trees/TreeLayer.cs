using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Base of layers that compute the state of each node of a tree from its numbers and the states of its
/// children, from the leaves to the root.</summary>
/// <remarks>nodes x numbers to units, the state of the root, or to nodes x units with <see cref="ReturnNodes"/>. The
/// second input is the tree (nodes x 3), which a network adds itself where its input is a column of kind Tree. All
/// trees of a batch are computed together, level by level. States are float32 in every precision.</remarks>
public abstract record TreeLayer : Layer
{
    /// <summary>The number of features of a node's state.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Units { get; init; }

    /// <summary>Whether the output is the state of every node instead of that of the root.</summary>
    [Setting]
    public bool ReturnNodes { get; init; }

    internal override bool KeepsSteps => ReturnNodes;

    internal override bool TakesTree => true;

    internal override int MaskedSequences(IReadOnlyList<Shape> inputs) => 1;

    public sealed override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count is 0 or > 2 || inputs[0].Rank != 2 || inputs.Count == 2
            && !(inputs[1] is { Rank: 2 } tree && tree[0] == inputs[0][0] && tree[1] == NetworkInput.TreeNumbers))
            throw new ShapeException("nodes x numbers (rank 2), and after them their places in a tree, nodes x "
                + $"{NetworkInput.TreeNumbers}", inputs);
        return ReturnNodes ? new Shape(inputs[0][0], Units) : new Shape(Units);
    }

    public sealed override Forward Build(LayerBuilder builder)
    {
        Validate();
        var step = BuildNodes(builder, builder.Inputs[0][1]);
        return (inputs, context) =>
        {
            using var scope = NewDisposeScope();
            var packing = new TreePacking(inputs[1], MostChildren, this);
            var rows = packing.Pack(context.Exact(inputs[0]).reshape(-1, builder.Inputs[0][1]));
            var states = step(rows, packing, context);
            return (ReturnNodes ? packing.Unpack(states) : packing.Roots(states[0])).MoveToOuterDisposeScope();
        };
    }

    /// <summary>The most children of a node; 0 for any number.</summary>
    private protected abstract int MostChildren { get; }

    /// <summary>Makes the parameters, and what computes all levels from the numbers of all nodes.</summary>
    private protected abstract Func<Tensor, TreePacking, ForwardContext, Tensor[]> BuildNodes(LayerBuilder builder,
        long features);
}
