namespace DeepPS.Training;

/// <summary>Draws numbers by weights, each in constant time: the alias method (Walker 1977; Vose 1991).</summary>
internal sealed class AliasTable
{
    private readonly uint[] below;
    private readonly int[] other;

    /// <param name="weights">The weights, not all 0.</param>
    public AliasTable(ReadOnlySpan<float> weights)
    {
        var count = weights.Length;
        (below, other) = (new uint[count], new int[count]);
        var total = 0.0;
        foreach (var weight in weights)
            total += weight;
        var shares = new double[count];
        var (small, large) = (new Stack<int>(), new Stack<int>());
        for (var i = 0; i < count; i++)
            ((shares[i] = weights[i] * count / total) < 1 ? small : large).Push(i);
        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            (below[less], other[less]) = ((uint)(shares[less] * uint.MaxValue), more);
            shares[more] -= 1 - shares[less];
            (shares[more] < 1 ? small : large).Push(more);
        }

        foreach (var rest in small.Concat(large))
            (below[rest], other[rest]) = (uint.MaxValue, rest);
    }

    /// <summary>A number from 64 random bits.</summary>
    public int Of(ulong random)
    {
        var place = (int)(((random & uint.MaxValue) * (ulong)below.Length) >> 32);
        return (uint)(random >> 32) <= below[place] ? place : other[place];
    }
}
