using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Long short-term memory over trees: a node's cell has a forget gate for each child.</summary>
/// <remarks>nodes x numbers to units. Children 0 is the child-sum unit: i, o = sigmoid(W x + U s + b),
/// u = tanh(W x + U s + b) with s the sum of the children's states, f of a child = sigmoid(W x + b + U h of the child),
/// c = i u + the sum of f c over the children, h = o tanh(c). Another number is the N-ary unit, whose U differ by the
/// child's place. Parameters: <c>weight_x</c> (4 * units, numbers) and <c>bias</c> (4 * units), in the order i, o, u,
/// f; <c>weight_iou</c> (3 * units, units) and <c>weight_f</c> (units, units), or of the N-ary unit (3 * units,
/// children * units) and (children * units, children * units). From Tai, Socher and Manning, Improved Semantic
/// Representations From Tree-Structured Long Short-Term Memory Networks (2015).</remarks>
[CatalogEntry("TreeLSTM")]
public sealed record TreeLSTM : TreeLayer
{
    /// <summary>The number of places for children: each has weights of its own, and a node has at most as many. 0 sums
    /// over any number of children, in no order.</summary>
    [Setting(Position = 1, Minimum = 0, Maximum = 64)]
    public int Children { get; init; }

    private protected override int MostChildren => Children;

    private protected override Func<Tensor, TreePacking, ForwardContext, Tensor[]> BuildNodes(LayerBuilder builder,
        long features)
    {
        var (bound, slots) = (1 / Math.Sqrt(Units), Math.Max(Children, 1));
        var initializer = new Uniform { Low = -bound, High = bound };
        var x = builder.Parameter("weight_x", [4 * Units, features], initializer);
        var bias = builder.Parameter("bias", [4 * Units], initializer);
        var iou = builder.Parameter("weight_iou", [3 * Units, slots * Units], initializer);
        var forget = builder.Parameter("weight_f", [slots * Units, slots * Units], initializer);
        return (rows, packing, _) =>
        {
            var gates = LinearProduct.Of(rows, x.Value, bias.Value).split([3 * Units, Units], 1);
            var (inner, forgets) = (packing.Split(gates[0]), packing.Split(gates[1]));
            var states = new Tensor[packing.Levels];
            Tensor? cells = null;
            for (var level = packing.Levels - 1; level >= 0; level--)
            {
                Tensor? kept = null;
                if (cells is not null)
                    (inner[level], kept) = Children == 0
                        ? Sum(packing, level, inner[level], forgets[level], states[level + 1], cells, iou, forget)
                        : BySlot(packing, level, inner[level], forgets[level], states[level + 1], cells, iou, forget);
                var parts = inner[level].split([2 * Units, Units], 1);
                var open = parts[0].sigmoid().split(Units, 1);
                cells = kept is null ? open[0].mul(parts[1].tanh()) : kept.addcmul(open[0], parts[1].tanh(), 1);
                states[level] = open[1].mul(cells.tanh());
            }

            return states;
        };
    }

    private static (Tensor Inner, Tensor Kept) Sum(TreePacking packing, int level, Tensor inner, Tensor forgets,
        Tensor below, Tensor cells, Parameter iou, Parameter forget)
    {
        var open = forgets.index_select(0, packing.ParentsOf(level + 1)).addmm(below, forget.Value.t(), 1, 1).sigmoid();
        return (inner.addmm(packing.Sum(level, below), iou.Value.t(), 1, 1), packing.Sum(level, open.mul(cells)));
    }

    private (Tensor Inner, Tensor Kept) BySlot(TreePacking packing, int level, Tensor inner, Tensor forgets,
        Tensor below, Tensor cells, Parameter iou, Parameter forget)
    {
        var children = packing.BySlot(level, below, Children).reshape(-1, Children * Units);
        var open = forgets.repeat(1, Children).addmm(children, forget.Value.t(), 1, 1).sigmoid()
            .view(-1, Children, Units);
        return (inner.addmm(children, iou.Value.t(), 1, 1),
            open.mul(packing.BySlot(level, cells, Children)).sum(1));
    }
}
