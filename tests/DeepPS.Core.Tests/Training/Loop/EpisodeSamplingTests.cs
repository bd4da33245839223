using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public sealed class EpisodeSamplingTests
{
    private static readonly TrainingOptions Options = new()
    {
        Sampling = Sampling.Episode, Way = 3, BatchSize = 12, Epochs = 2, Loss = new Prototypical { Shot = 2 },
    };

    /// <summary>Five classes in turn; x is the row's number.</summary>
    private static Dataset Five(int count, MemoryBudget? budget = null) => new("five",
        [
            new NumberColumn("x", Enumerable.Range(0, count).Select(i => (double)i).ToArray()),
            new CategoryColumn("y", Enumerable.Range(0, count).Select(i => i % 5).ToArray(), ["a", "b", "c", "d", "e"]),
        ], "y")
    { Budget = budget };

    [Theory]
    [InlineData(null)]
    [InlineData(4000)]
    public void ABatchHasTheSameNumberOfDifferentSamplesOfEachClass(int? memory)
    {
        TorchRuntime.Ensure();
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var data = Five(6000, memory is { } limit ? new MemoryBudget(limit) : null);
        var plan = DataPlan.Fit(data);
        using var source = SampleSource.Of(data, plan, new CrossEntropy(), CPU);
        Assert.Equal(memory is not null, source is StreamedData);
        using var draw = SamplingChoice.Of(Options, plan, data);
        using var order = source.Open(12, generator, draw);
        var chosen = new HashSet<long>();
        for (var first = 0; first < 6000; first += 12)
        {
            var batch = order.Take(first, 12);
            var targets = batch.Targets!.data<long>().ToArray();
            Assert.Equal(3, targets.Distinct().Count());
            Assert.Equal(Enumerable.Repeat(targets[..3], 4).SelectMany(part => part), targets);
            Assert.Equal(12, batch.Inputs[0].data<float>().Distinct().Count());
            chosen.UnionWith(targets);
        }

        Assert.Equal(5, chosen.Count);
    }

    [Fact]
    public void ClassesWithTooFewSamplesAreRefused()
    {
        DlExceptionOf("needs 4 of each", () => Train(Five(18), Options));
        DlExceptionOf("needs 6 classes", () => Train(Five(60), Options with { Way = 6 }));

        static void DlExceptionOf(string text, Action action) =>
            Assert.Contains(text, DataFiles.Fails("EpisodeClass", action).Message);
    }

    [Fact]
    public void TheSeedDecidesWhatIsLearned()
    {
        Assert.Equal(Train(Five(60), Options), Train(Five(60), Options));
        Assert.NotEqual(Train(Five(60), Options), Train(Five(60), Options with { Seed = 2 }));
    }

    private static double Train(Dataset data, TrainingOptions options)
    {
        using var model = new Model([new Dense { Units = 2 }], seed: 1);
        return new Trainer(model, options).Run(data).Last().Loss;
    }
}
