using System.Globalization;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using DeepPS.Training;

namespace DeepPS.Tests;

[Collection(nameof(WholeProcess))]
public class ThreadTests
{
    [Fact]
    public void EveryEpochHasTheThreadsThatWereAskedFor()
    {
        using var model = new Model([new Dense { Units = 2 }]);
        foreach (var _ in new Trainer(model, new TrainingOptions { Epochs = 3, Threads = 1 }).Run(Sets.Noise(64, 1)))
        {
            Assert.Equal(1, LoopTeam.Threads);
            Evaluator.Measure(model, Sets.Noise(64, 1));
            LoopTeam.Threads = 7;
        }
    }

    [Fact]
    public void ThreadsSpinBriefly()
    {
        TorchRuntime.Ensure();
        var spins = ProcessEnvironment.Native("GOMP_SPINCOUNT");
        if (Environment.GetEnvironmentVariable("GOMP_SPINCOUNT") is { } ofUser)
            Assert.Equal(ofUser, spins);
        else if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is not null)
            Assert.Null(spins);
        else
            Assert.InRange(long.Parse(spins!, CultureInfo.InvariantCulture), 1000, 100_000);
    }
}
