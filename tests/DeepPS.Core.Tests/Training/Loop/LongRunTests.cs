using System.Diagnostics;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using TorchSharp;

namespace DeepPS.Tests;

/// <summary>
/// A training of many epochs, with its record and a checkpoint after each, needs no more memory than one of few.
/// </summary>
[Collection(nameof(WholeProcess))]
public sealed class LongRunTests : IDisposable
{
    private const int StepsPerEpoch = 2;
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"deepps-long-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void ALongRunHoldsNoMoreThanItsHistory()
    {
        const int part = 60, parts = 10;
        var held = Run(part * parts).Where(epoch => epoch % part == 0).Select(Held).ToArray();
        Assert.Equal(held[0].Tensors, held[^1].Tensors);
        Assert.Equal(held[0].Handles, held[^1].Handles);
        // An epoch's record with its metrics takes about 200 bytes. The test runner shares the process, and its memory
        // changes in jumps, so the test uses the median of the parts.
        var growth = held.Zip(held.Skip(1),
            (before, after) => after.Memory - before.Memory).Order().ElementAt((parts - 1) / 2);
        Assert.InRange(growth, long.MinValue, part * 400);
    }

    /// <summary>
    /// A checkpoint grows with the history. The temporary objects for writing it must not.
    /// </summary>
    [Fact]
    public void ALateCheckpointAllocatesNoMoreThanAnEarlyOne()
    {
        var allocated = Run(600).Select(_ => GC.GetTotalAllocatedBytes(precise: true)).ToArray();
        var early = allocated[60] - allocated[30];
        var late = allocated[599] - allocated[569];
        Assert.InRange(late, early / 2, early * 5 / 4);
    }

    private IEnumerable<int> Run(int epochs)
    {
        using var model = new Model([new Dense { Units = 4 }, new Dense { Units = 2 }]);
        var trainer = new Trainer(model,
            new TrainingOptions { Epochs = epochs, BatchSize = 16 / StepsPerEpoch, Threads = 1 })
        {
            Checkpoints = new CheckpointOptions(folder),
            Callbacks = [new RunRecorder(folder)],
        };
        foreach (var record in trainer.Run(Sets.Noise(16, 1), Sets.Noise(8, 2)))
            yield return record.Epoch;
    }

    private (long Tensors, int Handles, long Memory) Held(int epoch)
    {
        // A checkpoint that another thread is writing has tensors and an open file. Objects that other tests left are
        // collected too.
        var file = new CheckpointFolder(folder).FileAt(epoch * StepsPerEpoch);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(file), TimeSpan.FromMinutes(1)));
        // On a busy machine that thread may take a while to close its file: the fewest of some looks count.
        var looks = Enumerable.Range(0, 10).Select(_ =>
        {
            Thread.Sleep(50);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return (Tensors: torch.Tensor.TotalCount, Handles: Handles());
        }).ToArray();
        return (looks.Min(look => look.Tensors), looks.Min(look => look.Handles),
            GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <summary>The number of open handles without assemblies, which the runtime keeps open.</summary>
    private static int Handles()
    {
        using var process = Process.GetCurrentProcess();
        return OperatingSystem.IsLinux()
            ? Directory.GetFileSystemEntries("/proc/self/fd")
                .Count(handle => new FileInfo(handle).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) != true)
            : process.HandleCount;
    }
}
