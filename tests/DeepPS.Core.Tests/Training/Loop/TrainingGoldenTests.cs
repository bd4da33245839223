using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Whole trainings compared with PyTorch's: everything around the optimizer's step.</summary>
public class TrainingGoldenTests
{
    public static TheoryData<int, string> Trainings => Golden.Names("training");

    [Theory]
    [MemberData(nameof(Trainings))]
    public void ATrainingEndsWithPyTorchsParameters(int index, string name)
    {
        var golden = Golden.Load("training")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        using var scope = NewDisposeScope();
        var layers = golden["layers"]!.AsArray()
            .Select(json => LayerJson.Take(json!, (Layer)ItemJson.Read(CatalogKind.Layer, json!))).ToArray();
        using var model = new Model(layers, new Shape(3));
        var network = model.Network!;
        foreach (var (parameter, first) in network.Parameters.Zip(golden["first"]!.AsArray()))
            parameter.Load(Golden.Tensor(first!));
        var options = Options(golden);
        var (inputs, targets) = (Golden.Tensor(golden["inputs"]!), Golden.Tensor(golden["targets"]!));
        var label = new LabelPlan("y", LabelKind.Number, new Shape(1), []);
        var samples = new EncodedData((int)inputs.shape[0],
            [new EncodedInput("input", new Shape(3), inputs.data<float>().ToArray())])
        {
            Targets = targets.data<float>().ToArray(), TargetShape = label.Shape,
        };
        var random = new TrainingRandom(options.Seed, CPU);
        var context = new ForwardContext(training: true, random.Layers);
        var objective = new SupervisedObjective(network, new MSELoss(), context);
        using var run = new TrainingRun(new TrainingSetup
        {
            Options = options,
            Players = [new Player(network, objective, (GradientOptimizer)options.Optimizer)],
            Measure = new ModelMeasure(network, new MSELoss(), [], new OutputReader(label, new MSELoss()), CPU,
                Threads.Count(null)),
            Training = new DeviceData(samples, CPU),
            Random = random,
        });
        foreach (var loss in golden["losses"]!.AsArray())
            Assert.Equal((double)loss!, run.Epoch(default)!.Loss, 1e-5);
        foreach (var (parameter, expected) in network.Parameters.Zip(golden["parameters"]!.AsArray()))
            Golden.Equal(expected!, parameter.Value, parameter.Name);
    }

    private static TrainingOptions Options(JsonNode golden)
    {
        var settings = golden["settings"]!;
        return new TrainingOptions
        {
            Epochs = (int)golden["epochs"]!,
            BatchSize = (int)golden["batchSize"]!,
            Shuffle = false,
            Optimizer = new SGD { LearningRate = 0.1, Momentum = 0.9 },
            ClipNorm = (double?)settings["ClipNorm"],
            ClipValue = (double?)settings["ClipValue"],
            AccumulateSteps = (int?)settings["AccumulateSteps"] ?? 1,
            AverageDecay = (double?)settings["AverageDecay"],
        };
    }
}
