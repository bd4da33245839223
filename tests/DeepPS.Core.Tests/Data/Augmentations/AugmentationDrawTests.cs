using DeepPS.Common;
using DeepPS.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>The random draws of augmentations: how often they happen, how large they are, and nothing else.</summary>
public class AugmentationDrawTests
{
    private const int Count = 2000;

    /// <summary>Each augmentation of images, such that a change shows.</summary>
    public static TheoryData<Augmentation, double> Chances => new()
    {
        { new HorizontalFlip(), 0.5 }, { new HorizontalFlip { Probability = 0.2 }, 0.2 },
            { new VerticalFlip { Probability = 0.9 }, 0.9 },
        { new RandomCrop { Padding = 2, Probability = 0.5 }, 0.5 * 24 / 25 },
            { new Rotation { Degrees = 180, Probability = 0.3 }, 0.3 },
        { new Affine { Scale = [2, 3], Probability = 0.3 }, 0.3 },
            { new Scale { Factors = [2, 3], Probability = 0.3 }, 0.3 },
        { new RandomResizedCrop { Scale = [0.1, 0.5], Probability = 0.3 }, 0.3 },
            { new ColorJitter { Hue = 0.5, Probability = 0.3 }, 0.3 },
        { new Greyscale(), 0.1 }, { new GaussianBlur { Sigma = [1, 2], Probability = 0.3 }, 0.3 },
            { new RandomErasing(), 0.5 },
        { new RandomErasing { Random = true, Probability = 0.1 }, 0.1 }, { new PixelNoise { Probability = 0.6 }, 0.6 },
    };

    [Theory]
    [MemberData(nameof(Chances))]
    public void AsManyImagesAreChangedAsItsProbabilitySays(Augmentation augmentation, double probability)
    {
        using var scope = NewDisposeScope();
        var images = rand([Count, 3, 6, 8], generator: new Generator(3));
        var changed = Augmented.Images(images, 1, augmentation);
        Assert.Equal(images.shape, changed.shape);
        var share = Share(changed.ne(images).flatten(1).any(1));
        Assert.Equal(probability, share, 4 * Math.Sqrt(probability * (1 - probability) / Count) + 1e-9);
    }

    /// <summary>Rows of numbers from 1 up: a shift shows its distance, and 0 is outside.</summary>
    [Fact]
    public void ACropShiftsEachWayAsOften()
    {
        using var scope = NewDisposeScope();
        var images = arange(1, 9, dtype: ScalarType.Float32).reshape(1, 1, 1, 8).expand(Count, 1, 8, 8);
        var changed = Augmented.Images(images, 1, new RandomCrop { Padding = 2 });
        var shifts = changed.select(1, 0).amax([1]);
        for (var shift = -2; shift <= 2; shift++)
        {
            var column = shift > 0 ? shifts.select(1, 0).eq(1 + shift) : shifts.select(1, 7).eq(shift < 0 ? 0 : 8);
            var expected = shift < 0 ? 2 / 5.0 : 1 / 5.0;
            Assert.Equal(expected, Share(column), 0.04);
        }
    }

    [Fact]
    public void AnErasedPartHasASizeAndAFormOfItsRanges()
    {
        using var scope = NewDisposeScope();
        var changed = Augmented.Images(ones(Count, 1, 30, 40), 1,
            new RandomErasing { Probability = 1, Scale = [0.1, 0.2], Ratio = [0.5, 2] });
        var gone = changed.eq(0).select(1, 0);
        var heights = gone.any(2).sum(1).to(ScalarType.Float32);
        var widths = gone.any(1).sum(1).to(ScalarType.Float32);
        Assert.Equal(gone.sum([1, 2]).to(ScalarType.Float32).data<float>().ToArray(),
            heights.mul(widths).data<float>().ToArray());
        var area = heights.mul(widths).div(30 * 40);
        var ratio = heights.div(widths);
        Within(0.1, 0.2, area, 0.01);
        Within(0.5, 2, ratio, 0.2);
        Assert.Equal(0.15, area.mean().ToDouble(), 0.003);
        Assert.Equal(0, ratio.log().mean().ToDouble(), 0.04);
    }

    /// <summary>
    /// No rectangle of the range fits into an image of one row: nothing is erased, and the largest part is cropped.
    /// </summary>
    [Fact]
    public void WhereNoPartFitsTheImageStays()
    {
        using var scope = NewDisposeScope();
        var images = rand(50, 1, 1, 4);
        Assert.Equal(images.data<float>().ToArray(),
            Augmented.Images(images, 1, new RandomErasing
            {
                Probability = 1, Scale = [0.9, 1], Ratio = [8, 9],
            }).data<float>().ToArray());
        var tall = Augmented.Images(images, 1, new RandomResizedCrop { Scale = [1, 1], Ratio = [0.1, 0.2] });
        Assert.All(tall.std(3).data<float>().ToArray(), deviation => Assert.Equal(0, deviation, 1e-6f));
    }

    [Fact]
    public void NoiseHasItsDeviationAndPixelsStayWithinTheirRange()
    {
        using var scope = NewDisposeScope();
        var noisy = Augmented.Images(full([100, 3, 20, 20], 0.5f), 1, new PixelNoise { StandardDeviation = 0.1 });
        Assert.Equal(0.5, noisy.mean().ToDouble(), 0.002);
        Assert.Equal(0.1, noisy.std().ToDouble(), 0.002);
        Within(0, 1, Augmented.Images(rand(10, 3, 20, 20), 1, new PixelNoise { StandardDeviation = 0.5 }), 0);
        Within(0, 1, Augmented.Images(rand(100, 3, 9, 9), 1,
            new ColorJitter { Brightness = 3, Contrast = 3, Saturation = 3, Hue = 0.5 }), 0);
    }

    /// <summary>
    /// Consecutive moves by whole pixels are one gather, with the same result as one by one.
    /// </summary>
    [Fact]
    public void FlipsAndCropsTogetherAreWhatTheyAreOneByOne()
    {
        using var scope = NewDisposeScope();
        var images = rand(64, 1, 7, 5);
        Augmentation[] chain =
            [new HorizontalFlip(), new RandomCrop { Padding = 3 }, new VerticalFlip(),
            new RandomCrop { Padding = 1, PaddingMode = CropPadding.Reflect }];
        // An augmentation that changes nothing separates those before and after it: a grey image stays grey.
        var nothing = new Greyscale { Probability = 1 };
        Augmentation[] parted = [chain[0], nothing, chain[1], nothing, chain[2], nothing, chain[3]];
        var together = Augmented.Images(images, 5, chain);
        Assert.Equal(Augmented.Images(images, 5, parted).data<float>().ToArray(), together.data<float>().ToArray());
        Assert.NotEqual(images.data<float>().ToArray(), together.data<float>().ToArray());
        Assert.Equal(2, PlaceRun.Join([chain[0], chain[1], new Greyscale()]).Count());
    }

    [Fact]
    public void TheSameSeedGivesTheSameAndTheNextBatchIsAnother()
    {
        using var scope = NewDisposeScope();
        var images = rand(8, 3, 8, 8);
        Augmentation[] all = [.. Chances.Select(row => (Augmentation)row[0]), new Mixup()];
        var input = Augmented.Plan(new Shape(3, 8, 8));
        using var first = Augmented.Augmenter(7, input, all);
        using var second = Augmented.Augmenter(7, input, all);
        var batch = new Batch([images], tensor(new long[8]), null);
        var before = first.State;
        var changed = Values(first);
        Assert.Equal(changed, Values(second));
        var next = Values(first);
        Assert.NotEqual(changed, next);
        first.State = before;
        Assert.Equal(changed, Values(first));
        Assert.Equal(next, Values(first));

        float[] Values(BatchAugmenter augmenter) => augmenter.Apply(batch).Inputs[0].data<float>().ToArray();
    }

    /// <summary>
    /// The share of a mixture follows the beta distribution: of mean 1/2 and variance 1 / (4 (2 alpha + 1)).
    /// </summary>
    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(1, 1)]
    [InlineData(4, 0.3)]
    public void SharesOfMixturesFollowTheBetaDistribution(double alpha, double probability)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var random = new BatchRandom(generator, 4, CPU);
        var shares = stack(Enumerable.Range(0, Count).Select(_ => random.Share(alpha, probability)).ToArray());
        var mixed = shares.index_select(0, shares.lt(1).nonzero().flatten());
        Assert.Equal(probability, (double)mixed.shape[0] / Count, 0.04);
        Assert.Equal(0.5, mixed.mean().ToDouble(), 0.03);
        Assert.Equal(1 / (4 * (2 * alpha + 1)), mixed.@var().ToDouble(), 0.015);
    }

    private static double Share(Tensor happened) => happened.to(ScalarType.Float64).mean().ToDouble();

    private static void Within(double low, double high, Tensor values, double tolerance) => Assert.True(
        values.min().ToDouble() >= low - tolerance && values.max().ToDouble() <= high + tolerance,
        $"{values.min().ToDouble()} to {values.max().ToDouble()}");
}
