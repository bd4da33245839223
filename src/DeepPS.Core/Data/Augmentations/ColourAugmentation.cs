using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// What augmentations of an image's values share: the image is grey or of red, green and blue, from 0 to 1, and standardised
/// afterwards where it is. Arrays of numbers, which may be anything, are not for them.
/// </summary>
public abstract record ColourAugmentation : ImageAugmentation
{
    private protected override bool Moves => false;

    private protected override string Wants => "images of pixels, which arrays of numbers are not";

    private protected override bool Fits(InputPlan input) => input.IsImage;

    private protected override string? RefusesShape(Shape image) => image[0] is 1 or 3 ? null
        : $"is for grey images of 1 channel and coloured ones of 3; these are {image}";
}
