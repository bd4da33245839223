using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Recursive network over trees: a node's state is a function of its numbers and of its children's
/// states.</summary>
/// <remarks>nodes x numbers to units. u = activation(W x + b); a leaf's state is u, another node's is h = activation(V
/// [h1, ..., hn, u] + c) with the children's states h1, ..., hn. Gated, with z = [h1, ..., hn, u]: r =
/// sigmoid(R z + d), h' = activation(V (r z) + c), and h is the mean of h' and the parts of z, weighted by a softmax of
/// S [h', z] + e. Parameters: <c>weight_x</c> (units, numbers), <c>weight_h</c> (units, (children + 1) * units), gated
/// also <c>weight_r</c> and <c>weight_z</c>, each with its bias. From Socher and others, Parsing Natural Scenes and
/// Natural Language with Recursive Neural Networks (2011); gates from Louppe, Cho, Becot and Cranmer, QCD-Aware
/// Recursive Neural Networks for Jet Physics (2018).</remarks>
[CatalogEntry("RecursiveTree", "RecursiveNetwork")]
public sealed record RecursiveTree : TreeLayer
{
    /// <summary>The number of places for children: each has weights of its own, and a node has at most as many. 0 sums
    /// over any number of children, in no order.</summary>
    [Setting(Position = 1, Minimum = 0, Maximum = 64)]
    public int Children { get; init; } = 2;

    /// <summary>The activation of states.</summary>
    [Setting]
    public Activation Activation { get; init; } = new Tanh();

    /// <summary>Whether gates decide how much of each child and of the node itself a state keeps.</summary>
    [Setting]
    public bool Gated { get; init; }

    private protected override int MostChildren => Children;

    private protected override Func<Tensor, TreePacking, ForwardContext, Tensor[]> BuildNodes(LayerBuilder builder,
        long features)
    {
        var slots = Math.Max(Children, 1);
        var parts = slots + 1;
        var own = Linear(builder, "x", Units, features);
        var join = Linear(builder, "h", Units, parts * Units);
        var reset = Gated ? Linear(builder, "r", parts * Units, parts * Units) : null;
        var weigh = Gated ? Linear(builder, "z", (parts + 1) * Units, (parts + 1) * Units) : null;
        var function = Activation.BuildFunction(builder.Part("activation", new Shape(Units)), overwrite: false);
        return (rows, packing, context) =>
        {
            var leaves = packing.Split(Activate(own(rows)));
            var states = new Tensor[packing.Levels];
            states[^1] = leaves[^1];
            for (var level = packing.Levels - 2; level >= 0; level--)
            {
                var children = packing.BySlot(level, states[level + 1], slots).reshape(-1, slots * Units);
                var all = cat([children, leaves[level]], 1);
                var joined = Activate(join(reset is null ? all : reset(all).sigmoid().mul(all)));
                if (weigh is not null)
                    joined = Mean(cat([joined, all], 1), weigh);
                states[level] = joined.where(packing.HasChildren(level), leaves[level]);
            }

            return states;

            Tensor Activate(Tensor x) => context.Exact(function(x, context));
        };
    }

    /// <summary>The parts of states, weighted feature by feature.</summary>
    private Tensor Mean(Tensor all, Func<Tensor, Tensor> weigh) =>
        weigh(all).view(-1, all.shape[1] / Units, Units).softmax(1)
            .mul(all.view(-1, all.shape[1] / Units, Units)).sum(1);

    private static Func<Tensor, Tensor> Linear(LayerBuilder builder, string name, long units, long features)
    {
        var weight = builder.Parameter($"weight_{name}", [units, features], new FanInUniform());
        var bias = builder.Parameter($"bias_{name}", [units], new FanInUniform(), new Fan(features, units));
        return x => LinearProduct.Of(x, weight.Value, bias.Value);
    }
}
