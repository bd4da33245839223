using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public sealed class SamplingTests
{
    private static Dataset Skewed(int count = 2000, MemoryBudget? budget = null)
    {
        var codes = Enumerable.Range(0, count).Select(i => i % 20 == 0 ? 1 : i % 10 == 5 ? 2 : 0).ToArray();
        return new Dataset("skewed",
            [
                new NumberColumn("x", Enumerable.Range(0, count).Select(i => i + 0.5).ToArray()),
                    new CategoryColumn("y", codes, ["a", "b", "c", "none"]),
            ], "y")
        {
            Budget = budget,
        };
    }

    private static long[] Targets(SampleSource source, Dataset data, int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var draw = SamplingChoice.Of(new TrainingOptions { Sampling = Sampling.Balanced }, DataPlan.Fit(data), data);
        using var order = source.Open(100, generator, draw);
        return Enumerable.Range(0,
            data.Count / 100).SelectMany(i => order.Take(i * 100, 100).Targets!.data<long>().ToArray()).ToArray();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2000)]
    public void ClassesComeEquallyOftenInAnEpochOfTheSameLength(int? memory)
    {
        TorchRuntime.Ensure();
        var data = Skewed(6000, memory is { } limit ? new MemoryBudget(limit) : null);
        using var source = SampleSource.Of(data, DataPlan.Fit(data), new CrossEntropy(), CPU);
        Assert.Equal(memory is not null, source is StreamedData);
        var targets = Targets(source, data, 1);
        Assert.Equal(6000, targets.Length);
        // Three deviations of a third of 6,000 draws.
        Assert.All(targets.CountBy(target => target), pair => Assert.InRange(pair.Value, 2000 - 110, 2000 + 110));
        Assert.Equal(3, targets.Distinct().Count());
        Assert.Equal(targets, Targets(source, data, 1));
        Assert.NotEqual(targets, Targets(source, data, 2));
    }

    [Fact]
    public void EachSampleOfAClassIsDrawn()
    {
        using var generator = new Generator(3);
        using var draw = new ClassDraw([5, 2, 5, 5]);
        using var rows = draw.Take(4000, generator);
        var drawn = rows.Span.ToArray().CountBy(row => row).ToDictionary();
        Assert.InRange(drawn[1], 1900, 2100);
        foreach (var row in new[] { 0, 2, 3 })
            Assert.InRange(drawn[row], 580, 750);
    }

    [Fact]
    public void TheSeedDecidesWhatIsLearned()
    {
        double Loss(int seed, Sampling sampling)
        {
            using var model = new Model([new Dense { Units = 3 }], seed: 1);
            return new Trainer(model,
                new TrainingOptions { Epochs = 2, Seed = seed, Sampling = sampling }).Run(Skewed()).Last().Loss;
        }

        Assert.Equal(Loss(1, Sampling.Balanced), Loss(1, Sampling.Balanced));
        Assert.NotEqual(Loss(1, Sampling.Balanced), Loss(2, Sampling.Balanced));
        Assert.NotEqual(Loss(1, Sampling.Balanced), Loss(1, Sampling.Each));
    }

    [Fact]
    public void ItIsForOneClassARowInAnOrderOfItsOwn()
    {
        var options = new TrainingOptions { Sampling = Sampling.Balanced };
        void Train(Dataset data, TrainingOptions with)
        {
            using var model = new Model([new Dense { Units = 1 }]);
            new Trainer(model, with).Run(data).First();
        }

        Assert.Contains("'y'", DataFiles.Fails("InvalidSampling", () => Train(Sets.Line(), options)).Message);
        DataFiles.Fails("InvalidSampling", () => Train(Sets.Line(), options with { Reconstruct = true }));
        DataFiles.Fails("InvalidSampling", () => Train(Sets.Sides(5, 9), options with { Shuffle = false }));
    }
}
