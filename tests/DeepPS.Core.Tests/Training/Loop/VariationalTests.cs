using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Training of variational autoencoders.</summary>
public sealed class VariationalTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps-vae-").FullName;

    public static TheoryData<int, string> Losses => Golden.Names("variational");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Reconstruction, divergence and the gradients of their sum are PyTorch's.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void TheLossAndItsGradientsArePyTorchs(int index, string name)
    {
        TorchRuntime.Ensure();
        var golden = Golden.Load("variational")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        using var scope = NewDisposeScope();
        var x = Golden.Tensor(golden["inputs"]!);
        using var model = new VariationalAutoencoder
        {
            Code = (int)golden["code"]!,
            Hidden = [(int)golden["hidden"]!],
            Beta = (double)golden["beta"]!,
        }.Build(new Shape(x.shape[1]));
        foreach (var (parameter, value) in model.Network!.Parameters.Zip(golden["parameters"]!.AsArray()))
            parameter.Load(Golden.Tensor(value!));
        var context = new ForwardContext(training: true) { Noise = _ => Golden.Tensor(golden["noise"]!) };
        Loss loss = name.StartsWith("MSE", StringComparison.Ordinal) ? new MSELoss() : new BinaryCrossEntropy();
        using var objective = new SupervisedObjective(model.Network, loss, context);
        var objectiveValue = objective.Compute(new Batch([x], x, null));
        objectiveValue.Total.backward();
        Assert.Equal((double)golden["own"]!, objectiveValue.Loss.ToDouble(), 1e-5);
        Assert.Equal((double)golden["total"]!, objectiveValue.Total.ToDouble(), 1e-5);
        foreach (var (parameter, value) in model.Network.Parameters.Zip(golden["gradients"]!.AsArray()))
            Golden.Equal(value!, parameter.Value.grad, parameter.Name);
    }

    /// <summary>Codes differ in training by the noise of the generator, and not outside it.</summary>
    [Fact]
    public void TheNoiseIsStandardNormalAndOnlyInTraining()
    {
        TorchRuntime.Ensure();
        using var scope = NewDisposeScope();
        using var network = new Network([new GaussianSampling()], new Shape(2), seed: 0);
        var moments = tensor(new[] { 3f, 2 * MathF.Log(0.5f) }).expand(20_000, 2);
        using var random = new Generator(1);
        var drawn = network.Forward(moments, new ForwardContext(training: true, random));
        Assert.Equal(3, drawn.mean().ToDouble(), 0.02);
        Assert.Equal(0.5, drawn.std().ToDouble(), 0.02);
        Assert.Equal(3, network.Forward(moments, ForwardContext.Inference).max().ToDouble(), 1e-6);
    }

    [Fact]
    public void AnInterruptedTrainingEndsWithTheSameWeights()
    {
        using var whole = NewModel();
        Train(whole, null, null);
        using var first = NewModel();
        Train(first, 5, new CheckpointOptions(folder));
        using var second = NewModel();
        Train(second, null, new CheckpointOptions(folder) { Resume = true });
        foreach (var (expected, found) in whole.Network!.State.Zip(second.Network!.State))
            Assert.Equal(expected.Value.detach().data<float>().ToArray(), found.Value.detach().data<float>().ToArray());

        static void Train(Model model, int? stopAfter, CheckpointOptions? checkpoints) =>
            new Trainer(model, new TrainingOptions { Epochs = 2, Reconstruct = true, BatchSize = 16, Seed = 1 })
            {
                Checkpoints = checkpoints,
                Callbacks =
                [
                    new ActionCallback
                    {
                        OnStep = session =>
                        {
                            if (session.TotalSteps == stopAfter)
                                session.Stop(TrainingEnd.Preempted, "of the test");
                            return true;
                        },
                    },
                ],
            }.Run(Sets.Noise(64, seed: 1)).Count();

        static Model NewModel() => new VariationalAutoencoder { Code = 2, Hidden = [6] }.Build(new Shape(8), seed: 3);
    }

    [Fact]
    public void CodesThatAreNotFiniteHaveNoDistribution()
    {
        using var model = new VariationalAutoencoder { Code = 2, Hidden = [6] }.Build(new Shape(8), seed: 3);
        var data = Sets.Noise(32, seed: 1);
        new Trainer(model, new TrainingOptions { Epochs = 1, Reconstruct = true }).Run(data).Count();
        model.Network!.Parameters[0].Load(full_like(model.Network.Parameters[0].Value, float.NaN));
        using var samples = new SampleGenerator(model);
        Assert.Equal("CodesNotFinite", Assert.Throws<DlException>(() => samples.Draw(5, 1, data)).Id);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void AnOddNumberOfMomentsIsAnError(int numbers)
    {
        var error = Assert.Throws<DlException>(() => new Network([new GaussianSampling()], new Shape(numbers), 0));
        Assert.Equal("LayerShape", error.Id);
        Assert.Contains("even number", error.Message);
    }

    [Fact]
    public void TheDecoderComesAfterTheCode()
    {
        TorchRuntime.Ensure();
        using var model = new VariationalAutoencoder { Code = 2, Hidden = [6] }.Build(new Shape(8), seed: 3);
        using var decoder = new Network(TrainedLayers.After(model.Network!, "code", freeze: false), new Shape(2), 9);
        Assert.Equal(["decoder1", "output"], decoder.Nodes.Select(node => node.Name));
        using var scope = NewDisposeScope();
        var nodes = model.Network!.ForwardNodes([rand(3, 8)], ForwardContext.Inference);
        var code = nodes[TrainedLayers.PlaceOf(model.Network, "code")];
        Assert.True(decoder.Forward(code, ForwardContext.Inference).allclose(nodes[^1]));
        Assert.Equal("LayerBefore",
            Assert.Throws<DlException>(() => TrainedLayers.After(model.Network, "output", freeze: false)).Id);
        using var graph = new Network([new Dense { Units = 3, Name = "a" }, new Dense { Units = 3, Name = "b" },
            new Add { From = ["a", "b"] }], new Shape(2), 1);
        var error = Assert.Throws<DlException>(() => TrainedLayers.After(graph, "b", freeze: false));
        Assert.Equal("LayerBefore", error.Id);
        Assert.Contains("also reads 'a'", error.Message);
    }
}
