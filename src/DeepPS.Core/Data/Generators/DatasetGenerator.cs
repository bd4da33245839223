using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>Generates a dataset from settings and a seed.</summary>
[CatalogBase(CatalogKind.Dataset)]
public abstract record DatasetGenerator : CatalogItem
{
    /// <summary>Number of samples.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Count { get; init; } = 1000;

    /// <summary>Makes the dataset. The same settings and seed give the same samples on every machine.</summary>
    public abstract Dataset Generate(int seed);
}
