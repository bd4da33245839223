using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>
/// Twenty steps of GAN trainings compared with PyTorch's, with the same random numbers: all objectives, several
/// steps of the critic, clipped weights, classes, and the gradient penalty, which needs second derivatives.
/// </summary>
public class GanGoldenTests
{
    public static TheoryData<int, string> Trainings => Golden.Names("gans");

    [Fact]
    public void EveryObjectiveHasGoldenValues() =>
        Assert.Empty(Golden.Missing("gans", CatalogKind.GanObjective));

    [Theory]
    [MemberData(nameof(Trainings))]
    public void BothPlayersEndWithPyTorchsParameters(int index, string name)
    {
        TorchRuntime.Ensure();
        var golden = Golden.Load("gans")[index];
        var rule = Golden.Item<GanObjective>(golden);
        Assert.StartsWith(rule.Entry.Name, name);
        using var scope = NewDisposeScope();
        var real = Golden.Tensor(golden["real"]!);
        var classes = golden["classes"] is { } labels ? Golden.Tensor(labels).data<long>().ToArray() : null;
        var sample = new Shape(real.shape[1..]);
        using var generator = Generator(sample, classes is null ? 0 : 2);
        using var critic = Critic(sample, classes is null ? 0 : 2);
        Load(generator, golden["generator"]!);
        Load(critic, golden["critic"]!);
        using var run = Run(golden, rule, generator, critic, sample, real, classes);
        foreach (var losses in golden["losses"]!.AsArray())
        {
            var record = run.Epoch(default)!;
            Assert.Equal((double)losses![0]!, record.Loss, 2e-5);
            Assert.Equal("CriticLoss", record.Metrics()[0].Key);
            Assert.Equal((double)losses[1]!, record.Metrics()[0].Value, 2e-5);
        }

        Compare(generator, golden["trainedGenerator"]!);
        Compare(critic, golden["trainedCritic"]!);
    }

    private static Network Generator(Shape sample, int classes) => new(
        [new Dense { Units = 6, Activation = new Tanh() }, new Dense { Units = (int)sample.Size }],
        NetworkInput.Numbered([new Shape(3 + classes)]), 1);

    private static Network Critic(Shape sample, int classes)
    {
        var leaky = new LeakyReLU { NegativeSlope = 0.2 };
        return sample.Rank == 1
            ? new Network([new Dense { Units = 6, Activation = leaky }, new Dense { Units = 1 }],
                NetworkInput.Numbered([new Shape(sample[0] + classes)]), 2)
            : new Network([new Conv2d { Filters = 3, KernelSize = 3, Activation = leaky }, new Flatten(),
                new Dense { Units = 1 }],
                NetworkInput.Numbered([new Shape(sample[0] + classes, sample[1], sample[2])]), 2);
    }

    private static TrainingRun Run(JsonNode golden, GanObjective rule, Network generator, Network critic, Shape sample,
        Tensor real, long[]? classes)
    {
        var options = new TrainingOptions
        {
            Epochs = (int)golden["epochs"]!,
            BatchSize = (int)golden["batchSize"]!,
            Shuffle = false,
            Metrics = [],
            Optimizer = new Adam { LearningRate = 0.02, Beta1 = 0.5 },
        };
        var random = new TrainingRandom(0, CPU);
        var codes = new Queue<JsonNode?>(golden["draws"]!.AsArray());
        var shares = new Queue<JsonNode?>(golden["shares"]!.AsArray());
        var game = new Game(generator, critic, random.Layers)
        {
            Sample = sample,
            Classes = classes is null ? 0 : 2,
            Draw = (_, _) => Golden.Tensor(codes.Dequeue()!),
        };
        var judge = new CriticObjective(game, rule, (double)golden["penalty"]!, random.Layers)
        {
            Draw = _ => Golden.Tensor(shares.Dequeue()!),
        };
        var adam = (GradientOptimizer)options.Optimizer;
        Player[] players = [new Player(generator, new GeneratorObjective(game, rule), adam)
        {
            Every = (int)golden["steps"]!,
        }, new Player(critic, judge, adam)];
        return new TrainingRun(new TrainingSetup
        {
            Options = options,
            Players = players,
            Measure = new ModelMeasure(generator, new MSELoss(), [],
                new OutputReader(LabelPlan.OfInput(sample), new MSELoss()), CPU, Threads.Count(null)),
            Meters = [new CriticMeter(players[1], rule, CPU)],
            Hooks = golden["clip"] is { } most ? [new ClipWeightHook(players[1], (double)most)] : [],
            Training = new DeviceData(Samples(real, classes, sample), CPU),
            Random = random,
        });
    }

    private static EncodedData Samples(Tensor real, long[]? classes, Shape sample)
    {
        var numbers = real.data<float>().ToArray();
        return new EncodedData((int)real.shape[0], [new EncodedInput("input", sample, numbers)])
        {
            Targets = classes is null ? numbers : classes,
            TargetShape = classes is null ? sample : new Shape(),
        };
    }

    private static void Load(Network network, JsonNode values)
    {
        foreach (var (parameter, value) in network.Parameters.Zip(values.AsArray()))
            parameter.Load(Golden.Tensor(value!));
    }

    private static void Compare(Network network, JsonNode values)
    {
        foreach (var (parameter, expected) in network.Parameters.Zip(values.AsArray()))
            Golden.Equal(expected!, parameter.Value, parameter.Name, 2e-5);
    }
}
