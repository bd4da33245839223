using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Sets of images that do not fit into their memory budget.</summary>
public sealed class ImageStreamTests : IDisposable
{
    private const int Images = 400;
    private readonly DataFiles files = new();
    private readonly List<string> warnings = [];

    public void Dispose() => files.Dispose();

    private ImageSetOptions Options(long? limit) => new()
    {
        Preparation = new ImagePreparation { Mode = ImageMode.Grey },
        Normalization = ImageNormalization.Data,
        Budget = limit is { } bytes ? new MemoryBudget(bytes) : null,
        Warn = warnings.Add,
    };

    private Dataset Read(long? limit) =>
        ImageSetReader.ReadFiles("set", Enumerable.Range(0, Images).Select(i => new ImageFile(
        files.Write($"{i:000}.pgm", [.. "P5 4 4 255\n"u8, .. Enumerable.Repeat((byte)(i / 2), 16)]),
            i % 2 == 0 ? "a" : "b")).ToArray(), Options(limit));

    [Fact]
    public void TheyStayInTheirFilesAndAreTheSame()
    {
        Dataset inMemory = Read(null), inFiles = Read(4000);
        Assert.IsType<ImageColumn>(inMemory.Columns[0]);
        var column = Assert.IsType<ImageFileColumn>(inFiles.Columns[0]);
        Assert.Equal("Image", column.Kind);
        Assert.Equal(Images, column.Count);
        Assert.Equal(((ImageColumn)inMemory.Columns[0]).Pixels, column.Pixels(0, Images));
        int[] rows = [399, 0, 7];
        Assert.Equal((byte[])inMemory.Take(rows).Columns[0][2]!, (byte[])inFiles.Take(rows).Columns[0][2]!);
        var (plan, same) = (DataPlan.Fit(inMemory), DataPlan.Fit(inFiles));
        Assert.Equal(plan.ToJson().ToJsonString(), same.ToJson().ToJsonString());
        Assert.Equal(plan.Encode(inMemory, true).Inputs[0].Values, plan.Encode(inFiles, true).Inputs[0].Values);
    }

    [Fact]
    public void TheyAreLearnedFromWindowByWindow()
    {
        TorchRuntime.Ensure();
        var data = Read(20_000);
        var plan = DataPlan.Fit(data);
        using var scope = NewDisposeScope();
        using var samples = SampleSource.Of(data, plan, new CrossEntropy(), CPU);
        Assert.IsType<StreamedData>(samples);
        using var generator = new Generator(1UL);
        using var order = samples.Open(16, generator);
        var mean = Enumerable.Range(0, Images).Average(i => i / 2 / 255.0);
        var deviation = Math.Sqrt(Enumerable.Range(0, Images).Average(i => Math.Pow(i / 2 / 255.0 - mean, 2)));
        var seen = new List<(int, long)>();
        for (var first = 0; first < Images; first += 16)
        {
            var batch = order.Take(first, 16);
            Assert.Equal([16, 1, 4, 4], batch.Inputs[0].shape);
            seen.AddRange(batch.Inputs[0].data<float>().ToArray().Chunk(16)
                .Select(image => (int)Math.Round((image[0] * deviation + mean) * 255))
                    .Zip(batch.Targets!.data<long>().ToArray()));
        }

        Assert.NotEqual(seen.Order(), seen);
        Assert.Equal(Enumerable.Range(0, Images).Select(i => (i / 2, (long)(i % 2))), seen.Order());
    }

    /// <summary>Ten classes of grey levels, class after class as a folder lists them.</summary>
    private Dataset ByClass(long? limit)
    {
        var random = new Random(3);
        return ImageSetReader.ReadFiles("set", Enumerable.Range(0, 1200).Select(i => new ImageFile(
            files.Write($"{i:0000}.pgm", [.. "P5 4 4 255\n"u8,
                .. Enumerable.Repeat(0, 16).Select(_ => (byte)(25 * (i / 120) + random.Next(20)))]),
            $"{i / 120}")).ToArray(), Options(limit));
    }

    private EpochRecord Learned(long? limit, TrainingOptions options)
    {
        using var model = new Model([new Flatten(), new Dense { Units = 32, Activation = new ReLU() },
            new Dense { Units = 10 }]);
        var data = ByClass(limit);
        Assert.Equal(limit is not null, data.Columns[0] is ImageFileColumn);
        return new Trainer(model, options).Run(data, data).Last();
    }

    [Fact]
    public void FilesSortedByClassAreLearnedAsFromMemory()
    {
        var options = new TrainingOptions { Epochs = 12, Seed = 4, Optimizer = new Adam { LearningRate = 0.01 } };
        double Accuracy(EpochRecord record) =>
            record.MetricValues.Single(value => value.Key == "ValidationAccuracy").Value;
        var (streamed, whole) = (Learned(40_000, options), Learned(null, options));
        Assert.True(Accuracy(whole) > 0.85, $"{Accuracy(whole)}");
        Assert.InRange(Accuracy(streamed), Accuracy(whole) - 0.05, 1);
        Assert.Equal(streamed.Loss, Learned(40_000, options).Loss);
    }

    [Fact]
    public void EveryWindowHasEveryClass()
    {
        TorchRuntime.Ensure();
        var data = ByClass(40_000);
        using var scope = NewDisposeScope();
        using var samples = SampleSource.Of(data, DataPlan.Fit(data), new CrossEntropy(), CPU);
        Assert.InRange(samples.WindowRows, 30, 300);
        using var generator = new Generator(1UL);
        using var order = samples.Open(30, generator);
        for (var first = 0; first < 1200; first += 30)
            Assert.InRange(order.Take(first, 30).Targets!.data<long>().ToArray().Distinct().Count(), 6, 10);
    }

    [Fact]
    public void ABrokenFileIsLeftOutBeforehandAndOneThatIsGoneLaterIsAnError()
    {
        var data = ImageSetReader.ReadFiles("set",
            [new(files.Write("bad.pgm", "P5 4 4"), "a"),
                .. Enumerable.Range(0, 9).Select(i => new ImageFile(files.Write($"{i}.pgm", "P2 1 1 9 3"), "a"))],
                Options(4));
        Assert.Equal(9, data.Count);
        Assert.Contains("bad.pgm", Assert.Single(warnings));
        var plan = DataPlan.Fit(data);
        File.Delete(Path.Combine(files.Folder, "5.pgm"));
        Assert.Contains("5.pgm", DataFiles.Fails("FileNotFound", () => plan.Encode(data, withLabel: false)).Message);
    }
}
