using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Points in a square, classed by whether their coordinates have different signs. No straight line separates them.
/// </summary>
[CatalogEntry("Xor")]
public sealed record Xor : DatasetGenerator
{
    /// <summary>Standard deviation of the noise added to each point after its class is set.</summary>
    [Setting(Position = 1, Minimum = 0)]
    public double Noise { get; init; }

    /// <inheritdoc/>
    public override Dataset Generate(int seed)
    {
        var random = new SeededRandom(seed);
        var points = new GeneratedPoints(Count, 2, 2);
        for (var i = 0; i < Count; i++)
        {
            var (x, y) = (random.Uniform(-1, 1), random.Uniform(-1, 1));
            points.Add(x > 0 != y > 0 ? 1 : 0, x + Noise * random.Normal(), y + Noise * random.Normal());
        }

        return points.ToDataset("Xor", random);
    }
}
