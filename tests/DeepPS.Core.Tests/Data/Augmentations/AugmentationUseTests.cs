using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>The data that augmentations support, and their effect on targets and weights.</summary>
public class AugmentationUseTests
{
    private static readonly Shape Photo = new(3, 8, 8);

    /// <summary>Augmentations for one kind of data only, with other data.</summary>
    public static TheoryData<Augmentation, Dataset, string> Unfit => new()
    {
        { new HorizontalFlip(), Sets.Noise(20, 1), "images, channels x height x width" },
        { new Rotation { Degrees = 3 }, Sets.Noise(20, 1), "'input' (numbers 8)" },
        { new RandomErasing(), Sets.Line(), "images, channels x height x width" },
        { new ColorJitter { Hue = 0.1 }, Arrays(Photo), "images of pixels, not arrays of numbers" },
        { new ColorJitter(), Augmented.Pictures(Photo, 4), "changes nothing" },
        { new Greyscale(), Augmented.Pictures(new Shape(4, 8, 8), 4), "1 channel and coloured ones of 3" },
        { new PixelNoise(), Arrays(Photo), "images of pixels" },
        { new RandomCrop { Padding = 8 }, Augmented.Pictures(Photo, 4), "Padding of 8; these images are 3x8x8" },
        { new GaussianBlur { KernelSize = 17 }, Augmented.Pictures(Photo, 4), "KernelSize of 17" },
        { new NumericNoise(), Augmented.Pictures(Photo, 4), "'input' (images 3x8x8)" },
        { new NumericNoise(), Tokens(), "'input' (names 3)" },
        { new Mixup(), Tokens(), "holds names, which cannot be blended" },
        { new CutMix(), Sets.Noise(20, 1), "one input of images" },
        { new CutMix(), Tokens(), "one input of images" },
        { new LabelNoise { Share = 0.5 }, Sets.Line(), "label 'y' is a number" },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void DataThatItIsNotForIsRefusedBeforeTheFirstStep(Augmentation augmentation, Dataset data, string says)
    {
        using var model = new Model([new Flatten(), new Dense { Units = data.Label is NumberColumn ? 1 : 2 }], seed: 1);
        var error = Assert.Throws<DlException>(() => Train(model, data, augmentation));
        Assert.Equal("AugmentationUse", error.Id);
        Assert.Contains(augmentation.Entry.Name, error.Message);
        Assert.Contains(says, error.Message);
        Assert.Null(model.Plan);
        Assert.Empty(model.History);
    }

    [Fact]
    public void WhatCannotBeTogetherIsRefused()
    {
        using var model = new Model([new Flatten(), new Dense { Units = 2 }]);
        var pictures = Augmented.Pictures(Photo, 4);
        Assert.Contains("Mixup does already", Assert.Throws<DlException>(
            () => Train(model, pictures, new Mixup(), new CutMix())).Message);
        var noise = new TrainingOptions { Augmentations = [new LabelNoise { Share = 1 }], Reconstruct = true };
        using var autoencoder = new Model([new Flatten(), new Dense { Units = (int)Photo.Size }]);
        Assert.Contains("reproduces its input", Assert.Throws<DlException>(
            () => new Trainer(autoencoder, noise).Run(pictures).ToArray()).Message);
        using var line = new Model([new Dense { Units = 1 }]);
        var solve = new TrainingOptions { Augmentations = [new NumericNoise()], Optimizer = new NormalEquation() };
        Assert.Equal("OptimizerUse", Assert.Throws<DlException>(
            () => new Trainer(line, solve).Run(Sets.Line()).ToArray()).Id);
    }

    [Theory]
    [InlineData("GaussianBlur", "KernelSize", 4)]
    [InlineData("Scale", "Factors", new[] { 1.1, 0.9 })]
    [InlineData("Scale", "Factors", new[] { 0.0, 1 })]
    [InlineData("Affine", "Scale", new[] { 1.0 }, "Degrees")]
    [InlineData("Rotation", "Degrees", 181.0)]
    [InlineData("RandomResizedCrop", "Scale", new[] { 0.5, 1.5 })]
    [InlineData("RandomErasing", "Ratio", new[] { 0.5, 1, 2 })]
    [InlineData("GaussianBlur", "Sigma", new[] { -1.0, 2 })]
    [InlineData("Mixup", "Alpha", 0.0)]
    public void SettingsThatCannotWorkAreRefused(string name, string setting, object value, string? needed = null)
    {
        KeyValuePair<string, object?>[] other = needed is null ? [] : [new(needed, 1)];
        var error = Assert.Throws<DlException>(() =>
            CatalogIndex.Create<Augmentation>(name, [new(setting, value), .. other]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains(setting, error.Message);
    }

    /// <summary>
    /// Of several inputs an augmentation changes those of its kind: images, and numbers but not flags.
    /// </summary>
    [Fact]
    public void OnlyInputsOfTheFittingKindAreChanged()
    {
        using var scope = NewDisposeScope();
        var pictures = Augmented.Pictures(Photo, 4);
        var data = new Dataset("both", [pictures.Columns[0], new NumberColumn("size", [1, 2, double.NaN, 4]),
            new CategoryColumn("place", [0, 1, 0, 1], ["x", "y"]), pictures.Columns[1]], "Label");
        var plan = DataPlan.Fit(data).For(["Image", "input"]);
        var batch = new Batch([rand(4, 3, 8, 8), zeros(4, 4)], zeros(4, dtype: ScalarType.Int64), null);
        using var noise = Augmented.Augmenter(1, plan, new NumericNoise());
        var noisy = noise.Apply(batch).Inputs;
        Assert.Same(batch.Inputs[0], noisy[0]);
        // size and whether it is missing, then the two places.
        Assert.Equal([true, false, false, false], noisy[1].ne(0).any(0).data<bool>().ToArray());
        using var jitter = Augmented.Augmenter(1, plan, new Rotation { Degrees = 90 });
        var turned = jitter.Apply(batch).Inputs;
        Assert.Same(batch.Inputs[1], turned[1]);
        Assert.NotEqual(batch.Inputs[0].data<float>().ToArray(), turned[0].data<float>().ToArray());
    }

    /// <summary>
    /// The target of a network that reproduces its input moves with it, but has neither noise nor other colours.
    /// </summary>
    [Fact]
    public void AnInputThatIsToBeGivenBackMovesButStaysClean()
    {
        using var scope = NewDisposeScope();
        var images = rand(6, 3, 8, 8);
        Augmentation[] moves = [new HorizontalFlip(), new Rotation { Degrees = 40 }, new RandomCrop(), new Mixup()];
        var (moved, alike) = Reconstructed(images, moves);
        Assert.Equal(moved, alike);
        var (noisy, clean) =
            Reconstructed(images, new PixelNoise(), new RandomErasing(), new ColorJitter { Brightness = 0.5 },
            new GaussianBlur());
        Assert.Equal(images.data<float>().ToArray(), clean);
        Assert.NotEqual(noisy, clean);
        // With the noise before it, a flip flips both alike.
        var (_, flippedClean) =
            Reconstructed(images, new RandomErasing { Probability = 1 }, new HorizontalFlip { Probability = 1 },
            new RandomErasing());
        Assert.Equal(images.flip(3).contiguous().data<float>().ToArray(), flippedClean);

        static (float[] Input, float[] Target) Reconstructed(Tensor images, params Augmentation[] augmentations)
        {
            var plan = Augmented.Plan(Photo);
            plan = plan.With(LabelPlan.OfInput(new Shape(Photo.Size)));
            using var augmenter = Augmented.Augmenter(3, plan, augmentations);
            var batch = augmenter.Apply(new Batch([images], images.reshape(6, -1), null));
            Assert.Null(batch.Second);
            Assert.Equal([6, Photo.Size], batch.Targets!.shape);
            return (batch.Inputs[0].data<float>().ToArray(), batch.Targets.data<float>().ToArray());
        }
    }

    /// <summary>
    /// Standardised images, and targets that reproduce them, equal those standardised after augmentation.
    /// </summary>
    [Theory]
    [InlineData(ImageNormalization.Data)]
    [InlineData(ImageNormalization.ImageNet)]
    [InlineData(ImageNormalization.Pixel)]
    public void ImagesAreStandardisedAfterTheyAreAugmented(ImageNormalization normalization)
    {
        using var scope = NewDisposeScope();
        var pictures = Augmented.Pictures(Photo, 4);
        var standardized = DataPlan.Fit(new Dataset("set",
            [pictures.Columns[0].With(new ColumnSettings { ImageNormalization = normalization }), pictures.Columns[1]],
                "Label"));
        var scale = standardized.InputPlans[0].Scale!;
        var (mean, deviation) = (Numbers(scale.Mean), Numbers(scale.Deviation));
        var images = rand(5, 3, 8, 8);
        var (plain, plainTarget) = Change(Augmented.Plan(Photo), images);
        var (input, target) = Change(standardized, Standard(images));
        Same(Standard(plain), input);
        Same(Standard(plainTarget), target);

        static (Tensor Input, Tensor Target) Change(DataPlan plan, Tensor images)
        {
            using var augmenter =
                Augmented.Augmenter(4, plan.With(LabelPlan.OfInput(Photo)), new RandomCrop(), new Mixup(),
                new ColorJitter { Brightness = 0.5, Contrast = 0.5, Saturation = 0.5 }, new Rotation { Degrees = 30 },
                    new PixelNoise(), new RandomErasing());
            var batch = augmenter.Apply(new Batch([images], images, null));
            return (batch.Inputs[0], batch.Targets!);
        }

        Tensor Standard(Tensor pixels) => pixels.sub(mean).div(deviation);

        Tensor Numbers(double[] numbers) => tensor(numbers).to(ScalarType.Float32).reshape(scale.Sizes);

        static void Same(Tensor expected, Tensor actual) =>
            Assert.Equal(0, expected.sub(actual).abs().max().ToDouble(), 2e-5);
    }

    /// <summary>Each sample is of its own class and weight, so that the batch shows how it was mixed.</summary>
    [Theory]
    [InlineData("Mixup")]
    [InlineData("CutMix")]
    public void AMixedBatchCountsBothTargetsByTheirShares(string name)
    {
        var plan = Augmented.Plan(new Shape(1, 8, 8));
        using var augmenter =
            Augmented.Augmenter(2, plan, CatalogIndex.Create<Augmentation>(name, [new("Alpha", 0.2)]));
        var (smallest, swapped) = (1f, 0);
        for (var run = 0; run < 40; run++)
        {
            using var scope = NewDisposeScope();
            // Sample i has i everywhere, class i and weight i + 1.
            var images = arange(4, dtype: ScalarType.Float32).reshape(4, 1, 1, 1).expand(4, 1, 8, 8);
            var batch = augmenter.Apply(new Batch([images], arange(4), arange(1, 5, dtype: ScalarType.Float32)));
            var (targets, others) =
                (batch.Targets!.data<long>().ToArray(), batch.Second!.Targets.data<long>().ToArray());
            var share = batch.Second.Share.ToSingle();
            Assert.InRange(share, 0.5f, 1f);
            Assert.Equal(batch.Targets.add(1).data<long>().Select(w => (float)w),
                batch.Weights!.data<float>().ToArray());
            Assert.Equal(batch.Second.Targets.add(1).data<long>().Select(w => (float)w),
                batch.Second.Weights!.data<float>().ToArray());
            var means = batch.Inputs[0].mean([1, 2, 3]).data<float>().ToArray();
            for (var i = 0; i < 4; i++)
                Assert.Equal(share * targets[i] + (1 - share) * others[i], means[i], 1e-5f);
            smallest = Math.Min(smallest, share);
            swapped += targets.SequenceEqual([0L, 1, 2, 3]) ? 0 : 1;
        }

        Assert.InRange(smallest, 0.5f, 0.7f);
        Assert.InRange(swapped, 1, 35);
    }

    [Fact]
    public void TheLossOfAMixedBatchIsThatOfBothTargetsByTheirShares()
    {
        using var scope = NewDisposeScope();
        var output = randn(5, 3);
        var (targets, others) = (tensor(new long[] { 0, 1, 2, 0, 1 }), tensor(new long[] { 2, 2, 0, 0, 1 }));
        var (weights, otherWeights) = (rand(5), rand(5));
        var classWeights = tensor([1f, 2f, 0.5f]);
        var loss = new CrossEntropy();
        var batch = new Batch([], targets, weights, new SecondTargets(others, otherWeights, tensor(0.7f)));
        var expected = 0.7 * loss.Compute(output, targets, classWeights, weights).ToDouble()
            + 0.3 * loss.Compute(output, others, classWeights, otherWeights).ToDouble();
        Assert.Equal(expected, loss.Compute(batch, output, classWeights).ToDouble(), 1e-6);
    }

    private static Dataset Arrays(Shape shape) => new("arrays", [
        new TensorColumn("Array", Enumerable.Range(0, 4 * (int)shape.Size).Select(i => (float)i).ToArray(), shape),
        new CategoryColumn("Label", [0, 1, 0, 1], ["a", "b"])], "Label");

    private static Dataset Tokens() => new("tokens", [
        new TokenColumn("Words", [0, 1, 2, 2, 1, 0, 1, 1, 2, 0, 0, 1], ["a", "b", "c"], new Shape(3)),
        new CategoryColumn("Label", [0, 1, 0, 1], ["a", "b"])], "Label");

    private static void Train(Model model, Dataset data, params Augmentation[] augmentations) =>
        new Trainer(model, new TrainingOptions { Augmentations = augmentations }).Run(data).ToArray();
}
