using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Clouds of normally distributed points around random centres, each cloud a class.</summary>
[CatalogEntry("Blobs")]
public sealed record Blobs : DatasetGenerator
{
    /// <summary>Number of clouds.</summary>
    [Setting(Position = 1, Minimum = 1, Maximum = 1000)]
    public int Centers { get; init; } = 3;

    /// <summary>Number of coordinates of a point.</summary>
    [Setting(Minimum = 1, Maximum = 10000)]
    public int Features { get; init; } = 2;

    /// <summary>Standard deviation of each cloud; centres lie between -10 and 10.</summary>
    [Setting(Minimum = 0)]
    public double Spread { get; init; } = 1;

    /// <inheritdoc/>
    public override Dataset Generate(int seed)
    {
        var random = new SeededRandom(seed);
        var centers = new double[Centers, Features];
        for (var i = 0; i < Centers; i++)
            for (var j = 0; j < Features; j++)
                centers[i, j] = random.Uniform(-10, 10);
        var points = new GeneratedPoints(Count, Features, Centers);
        var point = new double[Features];
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < Features; j++)
                point[j] = centers[i % Centers, j] + Spread * random.Normal();
            points.Add(i % Centers, point);
        }

        return points.ToDataset("Blobs", random);
    }
}
