using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Base of augmentations of pixel values: the image is grey or RGB, from 0 to 1, and standardised afterwards where its
/// input is. Arrays of numbers are not images of pixels.
/// </summary>
public abstract record ColourAugmentation : ImageAugmentation
{
    private protected override bool Moves => false;

    private protected override string Supported => "images of pixels, not arrays of numbers";

    private protected override bool Fits(InputPlan input) => input.IsImage;

    private protected override string? RefusesShape(Shape image) => image[0] is 1 or 3 ? null
        : $"is for grey images of 1 channel and coloured ones of 3; these are {image}";
}
