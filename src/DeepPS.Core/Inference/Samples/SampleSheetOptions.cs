using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Inference;

/// <summary>What is shown of samples besides images and labels.</summary>
public sealed record SampleSheetOptions
{
    /// <summary>A trained model whose predictions are shown; null: none.</summary>
    public Model? Model { get; init; }

    /// <summary>What changes images: views of them are shown after each; none where it is empty.</summary>
    public IReadOnlyList<Augmentation> Augmentations { get; init; } = [];

    /// <summary>How many such views of each image.</summary>
    public int Views { get; init; } = 4;

    /// <summary>What the augmentations' chance follows from.</summary>
    public int Seed { get; init; }
}
