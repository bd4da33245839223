using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Augmentations with given parameters, compared with torchvision's functions.</summary>
public class AugmentationGoldenTests
{
    public static TheoryData<int, string> Cases => Golden.Names("augmentations");

    [Theory]
    [MemberData(nameof(Cases))]
    public void WithTheSameParametersAnImageBecomesTorchvisions(int index, string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("augmentations")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        var images = Golden.Tensor(golden["images"]!);
        var before = images.clone();
        var changed = Apply(Golden.Item<Augmentation>(golden), images, parameter => Parameter(golden, parameter));
        Golden.Equal(golden["output"]!, changed, name);
        Assert.Equal(before.data<float>().ToArray(), images.data<float>().ToArray());
    }

    /// <summary>Noise and label noise have only random parameters.</summary>
    [Fact]
    public void EveryAugmentationHasGoldenValues() => Assert.Equal(["GaussianNoise", "LabelNoise", "NumericNoise"],
        Golden.Missing("augmentations", CatalogKind.Augmentation));

    private static Tensor Parameter(JsonNode golden, string name) =>
        Golden.Tensor(golden["parameters"]![name]!).to(ScalarType.Float32);

    private static Tensor Apply(Augmentation augmentation, Tensor images, Func<string, Tensor> parameter)
    {
        switch (augmentation)
        {
            case ColorJitter { Brightness: > 0 }:
                return Colour.Brightness(images, parameter("amount"));
            case ColorJitter { Contrast: > 0 }:
                return Colour.Contrast(images, parameter("amount"));
            case ColorJitter { Saturation: > 0 }:
                return Colour.Saturation(images, parameter("amount"));
            case ColorJitter:
                return Colour.Hue(images, parameter("amount"));
            case Greyscale:
                return Colour.Grey(images).expand(images.shape).contiguous();
            case Rotation rotation:
                // torchvision rotates in the opposite direction here than in its affine maps.
                return new AffineMap(parameter("angle").neg()).Read(images, rotation.Interpolation, rotation.Fill);
            case Affine affine:
                return new AffineMap(
                    parameter("angle"), parameter("scale"), (parameter("right"), parameter("down")), parameter("shear"))
                    .Read(images, affine.Interpolation, affine.Fill);
            case Scale scale:
                return new AffineMap(zeros_like(parameter("scale")), parameter("scale"))
                    .Read(images, scale.Interpolation, scale.Fill);
            case RandomResizedCrop crop:
                return crop.Crop(images, Box());
            case RandomErasing erasing:
                return RandomErasing.Erase(images, Box(), tensor((float)erasing.Value));
            case GaussianBlur blur:
                return blur.Blur(images, parameter("sigma"));
            case RandomCrop crop:
                return PlaceAugmentation.Read(
                    images, crop.Crop(arange(images.shape[2]), Whole("top")),
                    crop.Crop(arange(images.shape[3]), Whole("left")));
            case FlipAugmentation flip:
                var (rows, columns) =
                    flip.DrawPlaces(new BatchRandom(Generator.Default, images.shape[0], CPU), images.shape[2],
                    images.shape[3], CPU);
                return PlaceAugmentation.Read(images, rows, columns);
            case Mixup:
                return Mixup.Blend(images, Whole("order"), parameter("share"));
            case CutMix:
                var (box, share) = CutMix.Box(parameter("share"), parameter("row"), parameter("column"),
                    images.shape[2], images.shape[3]);
                Assert.Equal(parameter("left").ToSingle(), share.ToSingle(), 1e-6f);
                return where(box.Cover(images.shape[2], images.shape[3]), images.index_select(0, Whole("order")),
                    images);
            default:
                throw new NotSupportedException(augmentation.Entry.Name);
        }

        Boxes Box() => new(parameter("top"), parameter("left"), parameter("height"), parameter("width"));

        Tensor Whole(string name) => parameter(name).to(ScalarType.Int64);
    }
}
