using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public sealed class ImageNormalizationTests
{
    private static Dataset Images(ImageNormalization normalization, int channels = 3, int count = 5)
    {
        var pixels = new byte[count * channels * 6];
        new Random(3).NextBytes(pixels);
        return new Dataset("set", [new ImageColumn("Image", pixels, new Shape(channels, 2, 3))
            .With(new ColumnSettings { ImageNormalization = normalization })]);
    }

    /// <summary>The pixels after torchvision's ToTensor and Normalize.</summary>
    private static float[] Expected(Dataset data, double[] mean, double[] deviation)
    {
        var column = (ImageColumn)data.Columns[0];
        return column.Pixels.Select((pixel, i) => i / 6 % mean.Length is var channel
            ? (float)((pixel / 255f - mean[channel]) / deviation[channel]) : 0).ToArray();
    }

    private static (float[] Gathered, float[] Neighbours) Batches(DataPlan plan, Dataset data)
    {
        using var scope = NewDisposeScope();
        using var samples = new DeviceData(plan.Encode(data, withLabel: false), CPU);
        var all = arange(data.Count);
        var images = (ImageColumn)data.Columns[0];
        using var input = new DeviceInput(from_array(images.Pixels).reshape(images.Shape.WithBatch(data.Count)),
            ((ImageEncoder)plan.Columns[0].Encoding!).Scale);
        return (input.Take(all).data<float>().ToArray(),
            samples.Range(0, data.Count).Inputs[0].data<float>().ToArray());
    }

    [Theory]
    [InlineData(ImageNormalization.ImageNet, 3)]
    [InlineData(ImageNormalization.ImageNet, 1)]
    [InlineData(ImageNormalization.Data, 3)]
    [InlineData(ImageNormalization.Data, 4)]
    [InlineData(ImageNormalization.None, 3)]
    public void ChannelsAreStandardisedAsTorchvisionDoes(ImageNormalization normalization, int channels)
    {
        var data = Images(normalization, channels);
        var plan = DataPlan.FromJson(JsonNode.Parse(DataPlan.Fit(data).ToJson().ToJsonString())!);
        double[] mean = new double[channels], deviation = Enumerable.Repeat(1.0, channels).ToArray();
        if (normalization == ImageNormalization.ImageNet)
            (mean, deviation) = channels == 3 ? (new[] { 0.485, 0.456, 0.406 }, new[] { 0.229, 0.224, 0.225 })
                : ([0.449], [0.226]);
        if (normalization == ImageNormalization.Data)
            for (var channel = 0; channel < channels; channel++)
            {
                var own = ((ImageColumn)data.Columns[0]).Pixels.Where((_, i) => i / 6 % channels == channel)
                    .Select(pixel => pixel / 255.0).ToArray();
                mean[channel] = own.Average();
                deviation[channel] = Math.Sqrt(own.Average(value => Math.Pow(value - mean[channel], 2)));
            }

        var expected = Expected(data, mean, deviation);
        var (gathered, neighbours) = Batches(plan, data);
        foreach (var (i, wanted) in expected.Index())
        {
            Assert.Equal(wanted, gathered[i], 1e-5f);
            Assert.Equal(wanted, neighbours[i], 1e-5f);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void PixelsAreStandardisedEachByItsOwnStatistics(int channels)
    {
        var data = Images(ImageNormalization.Pixel, channels, count: 9);
        var plan = DataPlan.FromJson(JsonNode.Parse(DataPlan.Fit(data).ToJson().ToJsonString())!);
        Assert.Contains("standardised by pixel", plan.Columns[0].Encoder);
        var pixels = ((ImageColumn)data.Columns[0]).Pixels;
        var size = 6 * channels;
        var (gathered, neighbours) = Batches(plan, data);
        for (var place = 0; place < size; place++)
        {
            var own = pixels.Where((_, i) => i % size == place).Select(pixel => pixel / 255.0).ToArray();
            var mean = own.Average();
            var deviation = Math.Sqrt(own.Average(value => Math.Pow(value - mean, 2)));
            for (var row = 0; row < data.Count; row++)
            {
                var expected = (float)((own[row] - mean) / deviation);
                Assert.Equal(expected, gathered[row * size + place], 1e-4f);
                Assert.Equal(expected, neighbours[row * size + place], 1e-4f);
            }
        }

        var train = data.Take([0, 1, 2]);
        Assert.NotEqual(plan.InputPlans[0].Scale!.Mean, DataPlan.Fit(train).InputPlans[0].Scale!.Mean);
    }

    [Fact]
    public void StandardisedPixelsAreUndone()
    {
        foreach (var normalization in new[] { ImageNormalization.Data, ImageNormalization.Pixel })
        {
            var data = Images(normalization);
            var scale = DataPlan.Fit(data).InputPlans[0].Scale!;
            var numbers = Batches(DataPlan.Fit(data), data).Gathered.Select(number => (double)number).ToArray();
            Assert.All(scale.Undo(numbers, data.Count).Zip(((ImageColumn)data.Columns[0]).Pixels),
                pair => Assert.Equal(pair.Second / 255.0, pair.First, 1e-5));
        }
    }

    [Fact]
    public void TheTrainingPartAloneCounts()
    {
        var data = Images(ImageNormalization.Data);
        var train = data.Take([0, 1]);
        var plan = DataPlan.Fit(train);
        Assert.Equal(DataPlan.Fit(train).Columns[0].Encoder, plan.Columns[0].Encoder);
        Assert.NotEqual(DataPlan.Fit(data).Columns[0].Encoder, plan.Columns[0].Encoder);
        var (gathered, _) = Batches(plan, train);
        Assert.Equal(0, gathered.Average(), 1e-5f);
        Assert.Equal(1, gathered.Average(value => value * value), 1e-4f);
    }

    [Theory]
    [InlineData(ImageNormalization.Data)]
    [InlineData(ImageNormalization.Pixel)]
    public void AChannelOrPixelThatNeverChangesStaysFinite(ImageNormalization normalization)
    {
        var data = new Dataset("set", [new ImageColumn("Image", [7, 7, 7, 7], new Shape(1, 1, 2))
            .With(new ColumnSettings { ImageNormalization = normalization })]);
        Assert.All(Batches(DataPlan.Fit(data), data).Gathered, value => Assert.Equal(0, value, 1e-6f));
    }

    [Fact]
    public void ImageNetHasNoMeanForOtherChannels() =>
        DataFiles.Fails("InvalidNormalization", () => DataPlan.Fit(Images(ImageNormalization.ImageNet, channels: 2)));

    [Fact]
    public void APlanTakesFilesOnlyWhereItsImagesCameFromSome()
    {
        using var files = new DataFiles();
        var path = files.Write("a.pgm", "P2 2 1 255 0 255");
        var preparation = new ImagePreparation
        {
            Size = new ImageSize(1, 2), Fit = ImageFit.Stretch, Mode = ImageMode.Grey,
        };
        var read = ImageSetReader.ReadFiles("set", [new ImageFile(path, null)],
            new ImageSetOptions { Preparation = preparation });
        var plan = DataPlan.FromJson(DataPlan.Fit(read).ToJson());
        Assert.Equal("Image", plan.FileColumn);
        foreach (var value in new object[] { path, new FileInfo(path), new byte[] { 0, 255 } })
            Assert.Equal(new byte[] { 0, 255 }, ((ImageColumn)plan.Rows(
                [new Dictionary<string, object?> { ["Image"] = value }]).Columns[0]).Pixels);
        Assert.Equal("FileNotFound", plan.Check(new Dictionary<string, object?> { ["Image"] = path + "x" })!.Id);
        Assert.Null(DataPlan.Fit(Images(ImageNormalization.None)).FileColumn);
    }
}
