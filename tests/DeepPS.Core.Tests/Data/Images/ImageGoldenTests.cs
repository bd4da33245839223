using System.Text.Json.Nodes;
using DeepPS.Data;

namespace DeepPS.Tests;

/// <summary>Pixels of small files of every kind, compared with PIL's (<c>golden/images.py</c>).</summary>
public class ImageGoldenTests
{
    public static TheoryData<int, string> Cases()
    {
        var data = new TheoryData<int, string>();
        foreach (var (index, golden) in Golden.Load("images").Index())
            data.Add(index, $"{golden["file"]} {golden["mode"]} {golden["size"]?.ToJsonString()} {golden["fit"]}");
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PixelsAreThoseOfPil(int index, string what)
    {
        var golden = Golden.Load("images")[index];
        var file = (string)golden["file"]!;
        var preparation = new ImagePreparation
        {
            Size = golden["size"] is JsonArray size ? new ImageSize((int)size[0]!, (int)size[1]!) : null,
            Fit = Enum.Parse<ImageFit>((string)golden["fit"]!),
            Mode = Enum.Parse<ImageMode>((string)golden["mode"]!),
        };
        var shape = preparation.ShapeOf(PathOf(file));
        Assert.Equal(Golden.Sizes(golden), shape.ToArray());
        var pixels = new byte[shape.Size];
        preparation.Load(PathOf(file), shape, pixels);
        var expected = Convert.FromBase64String((string)golden["pixels"]!);
        var distances = pixels.Zip(expected, (ours, theirs) => Math.Abs(ours - theirs)).ToArray();
        var isExact = preparation.Size is null && Path.GetExtension(file) != ".jpg" && file != "lossy.webp";
        // PIL expands 5 or 6 bits to 8 by truncation, Skia by rounding.
        var (most, share) = file is "rgb555.bmp" or "rgb565.bmp" ? (1, 1.0)
            : isExact ? (0, 1.0) : file == "large.jpg" ? (12, 0.9) : (2, 0.99);
        Assert.True(distances.Max() <= most, $"{what} is off by {distances.Max()}");
        var near = distances.Count(distance => distance <= 1) / (double)distances.Length;
        Assert.True(near >= share, $"{what}: only {near:P1} are within 1");
    }

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "golden", "images", file);
}
