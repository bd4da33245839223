using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Inference;

/// <summary>What a sample sheet shows besides images and labels.</summary>
public sealed record SampleSheetOptions
{
    /// <summary>A trained model whose predictions are shown, or null.</summary>
    public Model? Model { get; init; }

    /// <summary>Augmentations whose views are shown after each image.</summary>
    public IReadOnlyList<Augmentation> Augmentations { get; init; } = [];

    /// <summary>The number of views per image.</summary>
    public int Views { get; init; } = 4;

    /// <summary>The seed of the augmentations.</summary>
    public int Seed { get; init; }
}
