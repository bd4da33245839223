using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Tests;

/// <summary>Trainings with deterministic algorithms only.</summary>
[Collection("Deterministic")]
public sealed class DeterministicTests
{
    private static readonly Dataset Data = new Moons { Count = 200 }.Generate(1);

    [Fact]
    public void TorchIsHeldToItForTheTimeOfTheTraining()
    {
        Assert.Null(Refusal());
        var during = new List<string?>();
        var watch = new ActionCallback { OnStep = _ => { during.Add(Refusal()?.Id); return true; } };
        var plain = Train(false, new ActionCallback());
        Assert.Equal(plain, Train(true, watch));
        Assert.Equal(7, during.Count);
        Assert.All(during, id => Assert.Equal("DeterministicNotSupported", id));
        Assert.Null(Refusal());
    }

    [Fact]
    public void ItIsLeftAfterAnErrorToo()
    {
        var failing = new ActionCallback { OnStep = _ => throw new InvalidOperationException() };
        Assert.Throws<InvalidOperationException>(() => Train(true, failing));
        Assert.Null(Refusal());
    }

    [Fact]
    public void OneTrainingsEndDoesNotFreeAnother()
    {
        var (first, second) = (DeterministicMode.Enter(), DeterministicMode.Enter());
        first.Dispose();
        first.Dispose();
        Assert.Contains("max_unpool", Refusal()!.Message);
        second.Dispose();
        Assert.Null(Refusal());
    }

    /// <summary>The error of an operator without a deterministic algorithm on any device; null if it runs.</summary>
    private static DlException? Refusal()
    {
        using var scope = NewDisposeScope();
        try
        {
            F.max_unpool2d(ones(1, 1, 1, 1), zeros([1, 1, 1, 1], ScalarType.Int64), [2, 2]);
            return null;
        }
        catch (ExternalException e)
        {
            return TorchRefusal.Of(e, TrainingPrecision.Float32, "It", null);
        }
    }

    private static float[] Train(bool deterministic, TrainingCallback callback)
    {
        using var model = new Model(
            [new Dense { Units = 8, Activation = new ReLU() }, new Dense { Units = 2 }], seed: 3);
        var options = new TrainingOptions { Epochs = 1, Seed = 2, Threads = 1, Deterministic = deterministic };
        _ = new Trainer(model, options) { Callbacks = [callback] }.Run(Data).Count();
        return model.Network!.Parameters.SelectMany(p => p.Value.detach().data<float>().ToArray()).ToArray();
    }
}
