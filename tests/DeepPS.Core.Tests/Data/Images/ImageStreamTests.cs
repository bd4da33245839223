using DeepPS.Data;
using DeepPS.Objectives;
using DeepPS.Torch;
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
