using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Two interleaving half circles, like those of scikit-learn's make_moons.</summary>
[CatalogEntry("Moons")]
public sealed record Moons : DatasetGenerator
{
    /// <summary>Standard deviation of the noise on each point; the half circles have radius 1.</summary>
    [Setting(Position = 1, Minimum = 0)]
    public double Noise { get; init; } = 0.1;

    /// <inheritdoc/>
    public override Dataset Generate(int seed)
    {
        var random = new SeededRandom(seed);
        var points = new GeneratedPoints(Count, 2, 2);
        var outer = Count / 2;
        for (var i = 0; i < Count; i++)
        {
            var isInner = i >= outer;
            var (place, last) = isInner ? (i - outer, Count - outer - 1) : (i, outer - 1);
            var (sine, cosine) = PortableMath.SinCosOfTurn(0.5 * place / Math.Max(last, 1));
            var (x, y) = isInner ? (1 - cosine, 0.5 - sine) : (cosine, sine);
            points.Add(isInner ? 1 : 0, x + Noise * random.Normal(), y + Noise * random.Normal());
        }

        return points.ToDataset("Moons", random);
    }
}
