using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Shards of a batch, each with one thread, against the batch as a whole.</summary>
[Collection(nameof(WholeProcess))]
public sealed class DataParallelTests : IDisposable
{
    private readonly int threads = LoopTeam.Threads;
    private readonly IDisposable scope = NewDisposeScope();

    public void Dispose()
    {
        LoopTeam.Threads = threads;
        scope.Dispose();
    }

    public static TheoryData<string, int, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (var name in Networks.Keys)
            {
                data.Add(name, 2, 16);
                data.Add(name, 3, 7);
                data.Add(name, 5, 3);
                data.Add(name, 2, 1);
            }

            return data;
        }
    }

    private static Dictionary<string, (Shape Input, Layer[] Layers)> Networks => new()
    {
        ["LeNet-5"] = (new Shape(1, 28, 28), [.. new LeNet5().Layers()]),
        ["residual"] = (new Shape(3, 8, 8),
        [
            new Conv2d { Filters = 4, Padding = Layers.Padding.Same },
            new Residual { Body = new(new Conv2d { Filters = 4, Padding = Layers.Padding.Same }, new ReLU()) },
            new GroupNorm { Groups = 2 }, new GlobalAvgPool2d(), new Dense { Units = 3 },
        ]),
        ["LSTM"] = (new Shape(6, 5),
            [new LSTM { Units = 4, Layers = 2, Bidirectional = true }, new Dense { Units = 3 }]),
        ["GRU"] = (new Shape(6, 5), [new GRU { Units = 4, ReturnSequences = true }, new Flatten(), new Softplus()]),
        ["heads"] = (new Shape(2, 12),
        [
            new Conv1d { Filters = 3, Name = "trunk" },
            new GlobalMaxPool1d { Name = "head", OutputWeight = 0.5 }, new Flatten { From = ["trunk"] },
            new Dense { Units = 2 },
        ]),
        ["penalties"] = (new Shape(1, 6, 6),
        [
            new Conv2d
            {
                Filters = 2, WeightRegularizer = new L2 { Lambda = 0.1 }, BiasRegularizer = new L1 { Lambda = 0.2 },
            },
            new Flatten(), new Dense { Units = 4, ActivityRegularizer = new L1L2 { Lambda1 = 0.1, Lambda2 = 0.3 } },
        ]),
        ["shared"] = (new Shape(4, 6),
        [
            new RNN { Units = 4, ReturnSequences = true }, new Dense { Units = 4, Name = "own" },
            new Dense { Units = 4, ShareWith = "own" },
        ]),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputsAndGradientsAreThoseOfTheWholeBatch(string name, int shards, int samples)
    {
        LoopTeam.Threads = shards;
        var (input, layers) = Networks[name];
        using var network = new Network(layers, input, 1);
        var batch = rand(input.WithBatch(samples), generator: new Generator(2));
        var (context, shared) = (Training(), Training());
        var whole = network.ForwardAll([batch], context);
        var expected = Gradients(network, [.. whole, .. Penalty(context)], () => { });
        using var parallel = new DataParallel(network, shared, shards);
        var outputs = parallel.ForwardAll([batch]);
        Assert.Equal(whole.Count, outputs.Count);
        var penalty = Penalty(shared);
        Assert.Equal(name == "penalties" ? 1 : 0, penalty.Length);
        foreach (var (one, other) in whole.Zip(outputs))
            Near(one, other, name);
        foreach (var (one, other) in expected.Zip(Gradients(network, [.. outputs, .. penalty], parallel.Backward)))
            Near(one!, other!, name);

        static Tensor[] Penalty(ForwardContext context) => context.TakePenalty() is { } sum ? [sum] : [];
    }

    [Fact]
    public void GradientsAreAddedToThoseBefore()
    {
        var (input, layers) = Networks["LeNet-5"];
        using var network = new Network(layers, input, 1);
        using var parallel = new DataParallel(network, Training(), 2);
        var batch = rand(input.WithBatch(6));
        var once = Gradients(network, parallel.ForwardAll([batch]), parallel.Backward);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            parallel.ForwardAll([batch])[0].square().sum().backward();
            parallel.Backward();
        }

        foreach (var (parameter, one) in network.Parameters.Zip(once))
            Near(one!.mul(2), parameter.Value.grad!, parameter.Name);
    }

    /// <summary>As in a pass over the whole batch, so that an optimizer does not touch it.</summary>
    [Fact]
    public void AParameterThatNoLossNeedsHasNoGradient()
    {
        Layer[] layers =
        [
            new Conv1d { Filters = 2, Name = "trunk" }, new Dense { Units = 2, Name = "unused" },
            new Conv1d { Filters = 3, From = ["trunk"], Frozen = true, Name = "frozen" }, new Flatten(),
        ];
        using var network = new Network(layers, new Shape(2, 9), 1);
        network.Follow(layers);
        using var parallel = new DataParallel(network, Training(), 2);
        parallel.ForwardAll([rand(4, 2, 9)])[0].sum().backward();
        parallel.Backward();
        Assert.Equal(["trunk.weight", "trunk.bias"], network.Parameters
            .Where(parameter => parameter.Value.grad is not null).Select(parameter => parameter.Name));
    }

    /// <summary>One thread runs all shards, or several do: the same bits, random numbers included.</summary>
    [Fact]
    public void AResultDoesNotDependOnWhoRunsAShard()
    {
        var alone = Run(1);
        foreach (var _ in Enumerable.Range(0, 20))
            Assert.Equal(alone, Run(4));

        float[] Run(int team)
        {
            LoopTeam.Threads = team;
            Layer[] layers =
            [
                new Conv2d { Filters = 4 }, new Dropout2d(), new RReLU(), new Flatten(), new Dropout(),
                new GaussianNoise { StandardDeviation = 0.1 }, new Dense { Units = 3 },
            ];
            using var inner = NewDisposeScope();
            using var network = new Network(layers, new Shape(3, 9, 9), 1);
            using var parallel = new DataParallel(network, Training(), 4);
            var batch = rand(new Shape(3, 9, 9).WithBatch(18), generator: new Generator(2));
            var outputs = parallel.ForwardAll([batch]);
            var gradients = Gradients(network, outputs, parallel.Backward);
            return [.. outputs[0].detach().data<float>(), .. gradients.SelectMany(one => one!.data<float>())];
        }
    }

    [Fact]
    public void ShardsDrawTheirOwnNumbersInEachStep()
    {
        Layer[] layers = [new Conv1d { Filters = 1, KernelSize = 1 }, new Dropout(), new Flatten()];
        using var network = new Network(layers, new Shape(1, 200), 1);
        using var parallel = new DataParallel(network, Training(), 2);
        var batch = ones(4, 1, 200);
        var (one, two) = (Dropped(), Dropped());
        Assert.False(one[0].eq(one[2]).all().ToBoolean(), "both shards drop the same numbers");
        Assert.False(one.eq(two).all().ToBoolean(), "both steps drop the same numbers");

        Tensor Dropped() => parallel.ForwardAll([batch])[0].detach().eq(0);
    }

    [Fact]
    public void TheFirstErrorComesOutAsItIsAndNothingStaysBehind()
    {
        var (input, layers) = Networks["LSTM"];
        using var network = new Network(layers, input, 1);
        using var parallel = new DataParallel(network, Training(), 2);
        Assert.ThrowsAny<ExternalException>(() => parallel.ForwardAll([rand(4, 6, 7)]));
        var outputs = parallel.ForwardAll([rand(4, 6, 5)]);
        Assert.All(Gradients(network, outputs, parallel.Backward), Assert.NotNull);
    }

    [Theory]
    [InlineData("conv", 2, 8, true)]
    [InlineData("conv", 2, 7, false)]
    [InlineData("conv", 1, 64, false)]
    [InlineData("recurrent", 4, 64, true)]
    [InlineData("recurrent", 5, 64, false)]
    [InlineData("dense", 2, 64, false)]
    [InlineData("attention", 2, 64, false)]
    [InlineData("statistics", 2, 64, false)]
    [InlineData("a penalty for each sample", 2, 64, true)]
    [InlineData("a mean over the batch", 2, 64, false)]
    [InlineData("one choice for the batch", 2, 64, false)]
    [InlineData("a choice for each sample", 2, 64, true)]
    [InlineData("small", 2, 64, false)]
    [InlineData("small", 2, 4096, true)]
    [InlineData("large", 2, 64, true)]
    [InlineData("large", 16, 64, false)]
    public void ShardsAreForNetworksThatGain(string kind, int count, int samples, bool gains)
    {
        var conv = new Conv2d { Filters = 64, KernelSize = 7 };
        Layer[] layers = kind switch
        {
            "recurrent" => [new Reshape { Shape = new Shape(30, 90) }, new GRU { Units = 128 }],
            "dense" => [new Dense { Units = 2000 }],
            "attention" => [new Reshape { Shape = new Shape(90, 30) }, new TransformerEncoder { Heads = 2 }],
            "statistics" => [conv, new BatchNorm()],
            "a penalty for each sample" => [conv with { WeightRegularizer = new L2() }, new Flatten(),
                new Dense { Units = 4, ActivityRegularizer = new L1() }, new GaussianSampling()],
            "a mean over the batch" =>
                [new Sequential { Body = new(conv with { ActivityRegularizer = new KLSparsity() }) }],
            "one choice for the batch" => [conv, new StochasticDepth { Mode = StochasticDepthMode.Batch }],
            "a choice for each sample" => [conv, new StochasticDepth()],
            "small" => [new Conv2d { Filters = 2, KernelSize = 3, Stride = 3 }],
            "large" => [conv, new GlobalAvgPool2d(), new Dense { Units = 100_000 }],
            _ => [conv],
        };
        using var network = new Network(layers, new Shape(3, 30, 30), 1);
        using var parallel = DataParallel.For(network, Training(), samples, count);
        Assert.Equal(gains, parallel is not null);
    }

    [Fact]
    public void ShardsAreFloat32()
    {
        using var network = new Network([new Conv2d { Filters = 64 }], new Shape(9, 30, 30), 1);
        var mixed = new ForwardContext(true, new Generator(1), TrainingPrecision.Mixed);
        Assert.NotNull(DataParallel.For(network, Training(), 64, 2));
        Assert.Null(DataParallel.For(network, mixed, 64, 2));
    }

    public static TheoryData<int, string> LayerCases => Golden.Names("layers",
        golden => Golden.Item<Layer>(golden).WithInside.All(layer => !layer.SeesWholeBatch));

    /// <summary>A layer that uses the whole batch must say so. One with buffers may use it in training.</summary>
    [Theory]
    [MemberData(nameof(LayerCases))]
    public void APartOfABatchGivesItsPartOfTheOutput(int index, string name)
    {
        var golden = Golden.Load("layers")[index];
        var item = Golden.Item<Layer>(golden);
        var inputs = golden["inputs"]!.AsArray().Select(input => Golden.Tensor(input!)).ToArray();
        using var layer = new LayerCase(item, inputs.Select(input => new Shape(input.shape.Skip(1))).ToArray(), 1);
        var training = golden["training"]!.GetValue<bool>() && !layer.HasBuffers;
        var context = new ForwardContext(training, new Generator(1));
        var others = inputs.Select((input, i) => i == 0 && input.is_floating_point() ? input.mul(0.5) : input)
            .ToArray();
        var (part, penalty) = Run(inputs);
        var (_, otherPenalty) = Run(others);
        var (whole, wholePenalty) = Run(inputs.Zip(others, (one, other) => cat([one, other])).ToArray());
        Near(whole.narrow(0, 0, part.shape[0]), part, name);
        if (wholePenalty is not null)
            Near(wholePenalty, penalty!.add(otherPenalty!).div(2), name);

        (Tensor Output, Tensor? Penalty) Run(IReadOnlyList<Tensor> batch) =>
            (layer.Forward(batch, context), context.TakePenalty());
    }

    private static ForwardContext Training() => new(training: true, new Generator(3));

    /// <summary>The gradients of a loss of the outputs, which are then forgotten.</summary>
    private static Tensor?[] Gradients(Network network, IReadOnlyList<Tensor> outputs, Action then)
    {
        outputs.Select(output => output.square().sum()).Aggregate((sum, one) => sum.add(one)).backward();
        then();
        var gradients = network.Parameters.Select(parameter => parameter.Value.grad?.clone()).ToArray();
        foreach (var parameter in network.Parameters)
            parameter.Value.grad = null;
        return gradients;
    }

    private static void Near(Tensor expected, Tensor actual, string what) =>
        Assert.True(expected.allclose(actual, rtol: 1e-3, atol: 1e-5 * (1 + (double)expected.abs().max().ToSingle())),
            $"{what}: expected {expected}, got {actual}");
}
