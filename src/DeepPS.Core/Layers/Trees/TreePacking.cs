using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The trees of a batch as levels: the nodes of all trees at the same distance from their root are one step of
/// a layer. The children of a level's nodes are the nodes of the next level.</summary>
internal sealed class TreePacking
{
    private readonly long[] sizes;
    private readonly Tensor nodes;
    private readonly Tensor[] parents;
    private readonly Tensor[] slots;
    private readonly Tensor[] inner;
    private readonly (long Samples, long Places) batch;

    /// <summary>Packs a batch.</summary>
    /// <param name="places">(samples, nodes, 3): the place of a node's parent, its own among the parent's children, and
    /// its level; a level below 0 is padding.</param>
    /// <param name="children">The most children of a node; 0 for any number.</param>
    /// <param name="owner">The layer, for errors.</param>
    /// <exception cref="DlException"><c>InvalidTree</c>; <c>TooManyChildren</c>.</exception>
    public TreePacking(Tensor places, int children, Layer owner)
    {
        batch = (places.shape[0], places.shape[1]);
        var numbers = places.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        var count = numbers.Length / NetworkInput.TreeNumbers;
        var order = new int[count];
        sizes = Sizes(numbers, count, owner);
        var (next, first) = (new int[sizes.Length], new int[sizes.Length]);
        for (var level = 1; level < sizes.Length; level++)
            first[level] = next[level] = first[level - 1] + (int)sizes[level - 1];
        var flat = new long[(int)sizes.Sum()];
        for (var place = 0; place < count; place++)
            if (LevelOf(place) is >= 0 and var level)
                flat[order[place] = next[level]++] = place;
        var (above, slot, hasChildren) = (new long[flat.Length], new long[flat.Length], new bool[flat.Length]);
        for (var i = (int)sizes.FirstOrDefault(); i < flat.Length; i++)
        {
            var place = (int)flat[i];
            var parent = place - place % (int)batch.Places + (int)numbers[3 * place];
            var (level, own) = (LevelOf(place), (int)numbers[3 * place + 1]);
            if (parent < place - place % (int)batch.Places || parent >= count || LevelOf(parent) != level - 1 || own < 0
                || parent / batch.Places != place / batch.Places)
                throw Invalid(owner, place);
            if (children > 0 && own >= children)
                throw new DlException("TooManyChildren", DlErrorKind.InvalidData,
                    $"Layer {owner.Entry.Name} takes nodes of at most {children} children; node "
                    + $"{parent % batch.Places} of a tree has {own + 1} or more. Set its Children to that "
                    + "number, or to 0 for a sum over any number of children.", owner.Name);
            above[i] = order[parent] - first[level - 1];
            slot[i] = children > 0 ? above[i] * children + own : above[i];
            hasChildren[above[i] + first[level - 1]] = true;
        }

        var device = places.device;
        nodes = tensor(flat, device: device);
        parents = tensor(above, device: device).split(sizes);
        slots = tensor(slot, device: device).split(sizes);
        inner = tensor(hasChildren, device: device).unsqueeze(1).split(sizes);

        int LevelOf(int place) => numbers[3 * place + 2] >= 0 ? (int)numbers[3 * place + 2] : -1;
    }

    /// <summary>How many levels the deepest tree has.</summary>
    public int Levels => sizes.Length;

    /// <summary>The nodes of each level, from the root on: (nodes of the level, features).</summary>
    /// <param name="rows">(samples x places, features).</param>
    public Tensor Pack(Tensor rows) => rows.index_select(0, nodes);

    /// <summary>Parts packed nodes by their levels.</summary>
    public Tensor[] Split(Tensor packed) => packed.split(sizes);

    /// <summary>For each node of a level, the place of its parent in the level above.</summary>
    public Tensor ParentsOf(int level) => parents[level];

    /// <summary>(nodes of the level, 1): whether a node has children.</summary>
    public Tensor HasChildren(int level) => inner[level];

    /// <summary>The sum over the children of each node of a level: (nodes of the level, features).</summary>
    /// <param name="level">The level.</param>
    /// <param name="below">The nodes of the next level.</param>
    public Tensor Sum(int level, Tensor below) =>
        zeros([sizes[level], below.shape[1]], below.dtype, below.device).index_add(0, parents[level + 1], below, 1);

    /// <summary>The children of each node of a level, 0 for an absent one: (nodes of the level, children,
    /// features); their sum where the packing was made for any number of children.</summary>
    public Tensor BySlot(int level, Tensor below, int children) =>
        zeros([sizes[level] * children, below.shape[1]], below.dtype, below.device)
            .index_add(0, slots[level + 1], below, 1).view(-1, children, below.shape[1]);

    /// <summary>(samples, features) of the nodes of the first level; 0 for a sample without a tree.</summary>
    public Tensor Roots(Tensor first) => sizes[0] == batch.Samples ? first
        : zeros([batch.Samples, first.shape[1]], first.dtype, first.device)
            .index_add(0, nodes.narrow(0, 0, sizes[0]).div(batch.Places, RoundingMode.floor), first, 1);

    /// <summary>(samples, places, features) of the nodes of all levels; 0 for padding.</summary>
    public Tensor Unpack(Tensor[] levels)
    {
        var all = cat(levels);
        return zeros([batch.Samples * batch.Places, all.shape[1]], all.dtype, all.device)
            .index_add(0, nodes, all, 1).view(batch.Samples, batch.Places, -1);
    }

    /// <summary>How many nodes each level has.</summary>
    private static long[] Sizes(float[] numbers, int count, Layer owner)
    {
        var sizes = new List<long> { 0 };
        for (var place = 0; place < count; place++)
        {
            if (!(numbers[3 * place + 2] >= 0))
                continue;
            if (numbers[3 * place + 2] >= count)
                throw Invalid(owner, place);
            var level = (int)numbers[3 * place + 2];
            while (sizes.Count <= level)
                sizes.Add(0);
            sizes[level]++;
        }

        return sizes.ToArray();
    }

    private static DlException Invalid(Layer owner, int place) => new("InvalidTree", DlErrorKind.InvalidData,
        $"Layer {owner.Entry.Name} takes for each node its parent, its place among the parent's children and its "
        + $"level; those of node {place} of a batch are not of a tree. Use a column of kind Tree.", owner.Name);
}
