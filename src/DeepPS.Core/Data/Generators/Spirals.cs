using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Spiral arms wound around each other, each arm a class.</summary>
[CatalogEntry("Spirals", "Spiral")]
public sealed record Spirals : DatasetGenerator
{
    /// <summary>How many arms there are.</summary>
    [Setting(Position = 1, Minimum = 2, Maximum = 20)]
    public int Classes { get; init; } = 3;

    /// <summary>Standard deviation of the shift of each point; the arms end at radius 1.</summary>
    [Setting(Minimum = 0)]
    public double Noise { get; init; } = 0.03;

    /// <summary>How often each arm winds around the middle.</summary>
    [Setting(Minimum = 0)]
    public double Turns { get; init; } = 0.75;

    /// <inheritdoc/>
    public override Dataset Generate(int seed)
    {
        var random = new SeededRandom(seed);
        var points = new GeneratedPoints(Count, 2, Classes);
        for (var i = 0; i < Count; i++)
        {
            var arm = i % Classes;
            var radius = Math.Sqrt(random.Uniform(0.0025, 1));
            var (sine, cosine) = PortableMath.SinCosOfTurn((double)arm / Classes + Turns * radius);
            points.Add(arm, radius * cosine + Noise * random.Normal(), radius * sine + Noise * random.Normal());
        }

        return points.ToDataset("Spirals", random);
    }
}
