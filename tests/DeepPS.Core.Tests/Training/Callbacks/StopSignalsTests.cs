using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Tests;

public sealed class StopSignalsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps-signals-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("TERM", PosixSignal.SIGTERM)]
    [InlineData("sighup", PosixSignal.SIGHUP)]
    public void WindowsHasFourSignals(string name, PosixSignal signal)
    {
        Assert.Equal(signal, StopSignals.Parse(name, onWindows: true));
        Assert.Equal(signal, StopSignals.Parse(name, onWindows: false));
    }

    [Theory]
    [InlineData("USR1")]
    [InlineData("SIGUSR2")]
    [InlineData("SIGCHLD")]
    [InlineData("10")]
    public void OthersAreErrorsThere(string name)
    {
        var error = Assert.Throws<DlException>(() => StopSignals.Parse(name, onWindows: true));
        Assert.Equal("SignalNotAvailable", error.Id);
        Assert.Contains("-StopFile", error.Message);
        StopSignals.Parse(name, onWindows: false);
    }

    [Fact]
    public void ASignalThatNoProgramReceivesIsAnError()
    {
        using var model = NewModel();
        using var signals = new StopSignals { Signal = "9" };
        var trainer = new Trainer(model, new TrainingOptions()) { Callbacks = [signals] };
        Assert.Equal("SignalNotAvailable", Assert.Throws<DlException>(() => trainer.Run(Sets.Line()).Count()).Id);
    }

    /// <summary>Windows ends the process when the handler of a closed console returns.</summary>
    [Fact]
    public async Task AHandlerReturnsAfterTheLastCheckpoint()
    {
        using var model = NewModel();
        using var signals = new StopSignals();
        Task<bool>? handler = null;
        var trainer = new Trainer(model, new TrainingOptions { Epochs = 1_000_000, BatchSize = 16 })
        {
            Checkpoints = new CheckpointOptions(folder) { Every = new CheckpointInterval(1_000_000, 0, TimeSpan.Zero) },
            Callbacks =
            [
                signals,
                new ActionCallback
                {
                    OnStep = _ =>
                    {
                        handler ??= Task.Run(() =>
                        {
                            signals.Receive("SIGHUP", untilTheEnd: true);
                            return Directory.GetFiles(folder, "step-*").Length == 1;
                        });
                        return true;
                    },
                },
            ],
        };
        trainer.Run(Sets.Line()).Count();
        Assert.Equal(TrainingEnd.Preempted, trainer.End);
        Assert.Equal("SIGHUP was received", trainer.StopReason);
        Assert.True(await handler!);
    }

    private static Model NewModel() => new([new Dense { Units = 4 }, new Dense { Units = 1 }]);
}
