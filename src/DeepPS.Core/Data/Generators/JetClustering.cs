namespace DeepPS.Data;

/// <summary>How the nearest particles of a jet are found, which are put together one pair after the other.</summary>
public enum JetAlgorithm
{
    /// <summary>Soft particles first: distance min(pt, pt')^2 dR^2.</summary>
    Kt,

    /// <summary>The nearest first: distance dR^2.</summary>
    CambridgeAachen,

    /// <summary>Around hard particles first: distance min(1/pt, 1/pt')^2 dR^2.</summary>
    AntiKt,
}

/// <summary>
/// Sequential recombination: the nearest two of a jet's particles become one, until one is left. The history is a
/// binary tree.
/// </summary>
/// <remarks>Cacciari, Salam and Soyez, The anti-kt jet clustering algorithm (2008).</remarks>
internal sealed class JetClustering
{
    private readonly List<JetParticle> nodes;
    private readonly List<(int First, int Second)> pairs = [];

    /// <summary>Clusters particles.</summary>
    public JetClustering(IReadOnlyList<JetParticle> particles, JetAlgorithm algorithm)
    {
        nodes = particles.ToList();
        Leaves = nodes.Count;
        var left = Enumerable.Range(0, nodes.Count).ToList();
        while (left.Count > 1)
        {
            var (first, second) = Nearest(left, algorithm);
            left.Remove(first);
            left.Remove(second);
            left.Add(nodes.Count);
            pairs.Add(nodes[first].Pt >= nodes[second].Pt ? (first, second) : (second, first));
            nodes.Add(nodes[first].Add(nodes[second]));
        }
    }

    /// <summary>The number of particles.</summary>
    public int Leaves { get; }

    /// <summary>The whole jet.</summary>
    public JetParticle Root => nodes[^1];

    /// <summary>The two parts that were put together last; twice the jet where it is one particle.</summary>
    public (JetParticle First, JetParticle Second) LastTwo =>
        pairs.Count == 0 ? (Root, Root) : (nodes[pairs[^1].First], nodes[pairs[^1].Second]);

    /// <summary>The nodes level by level from the root, the harder child first, and the place of each node's parent.
    /// </summary>
    public (JetParticle[] Nodes, int[] Parents) ByLevels()
    {
        var order = new List<(int Node, int Parent)> { (nodes.Count - 1, -1) };
        for (var at = 0; at < order.Count; at++)
            if (order[at].Node >= Leaves)
            {
                var (first, second) = pairs[order[at].Node - Leaves];
                order.Add((first, at));
                order.Add((second, at));
            }

        return (order.Select(place => nodes[place.Node]).ToArray(), order.Select(place => place.Parent).ToArray());
    }

    private (int First, int Second) Nearest(List<int> left, JetAlgorithm algorithm)
    {
        var (least, found) = (double.PositiveInfinity, (left[0], left[1]));
        for (var i = 0; i < left.Count; i++)
            for (var j = 0; j < i; j++)
            {
                var (one, other) = (nodes[left[i]], nodes[left[j]]);
                var momentum = algorithm switch
                {
                    JetAlgorithm.Kt => Math.Min(one.Pt, other.Pt),
                    JetAlgorithm.AntiKt => 1 / Math.Max(one.Pt, other.Pt),
                    _ => 1,
                };
                var distance = momentum * momentum * one.SquaredDistance(other);
                if (distance < least)
                    (least, found) = (distance, (left[j], left[i]));
            }

        return found;
    }
}
