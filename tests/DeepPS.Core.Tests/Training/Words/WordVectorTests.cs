using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Torch;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

[Collection(nameof(WholeProcess))]
public sealed class WordVectorTests
{
    private static readonly TrainingOptions Options = new()
    {
        Optimizer = new WordSGD { LearningRate = 0.05 }, BatchSize = 64, Epochs = 4,
    };

    /// <summary>Fruits are eaten, tools are used.</summary>
    private static Dataset Sentences(int count = 400)
    {
        var builder = new SkipGramBuilder(new SkipGramOptions { MinimumCount = 1, Subsample = 0, Seed = 1 });
        var random = new Random(1);
        string[] fruits = ["apple", "pear", "plum"], tools = ["hammer", "saw", "drill"];
        for (var i = 0; i < count; i++)
            builder.Add(i % 2 == 0 ? $"we eat a ripe {fruits[random.Next(3)]} today"
                : $"they use one heavy {tools[random.Next(3)]} tomorrow");
        return builder.Build("sentences");
    }

    private static Model Train(Architecture architecture, TrainingOptions options, Dataset data)
    {
        var model = architecture.Build(seed: 1);
        new Trainer(model, options).Run(data).Last();
        return model;
    }

    private static float[] Values(Model model) => model.Network!.Parameters
        .SelectMany(parameter => parameter.Value.detach().reshape(-1).data<float>().ToArray()).ToArray();

    /// <summary>The kernel against steps along autograd's gradients, one for each word to predict.</summary>
    [Theory]
    [InlineData("SkipGram")]
    [InlineData("CBOW")]
    public void AStepIsThatOfTheGradient(string name)
    {
        TorchRuntime.Ensure();
        using var scope = NewDisposeScope();
        using var noise = new Generator(3);
        // Two sizes, with and without numbers beside whole vectors.
        foreach (var features in new[] { 16, 21 })
        {
            Architecture architecture = name == "CBOW" ? new CBOW { Features = features, Negatives = 1 }
                : new SkipGram { Features = features, Negatives = 1 };
            using var model = architecture.Build(seed: 1);
            var plan = DataPlan.Fit(Sentences(20)).For(LayerNames.Inputs(model.Layers));
            model.Bind(plan.Inputs);
            var words = WordNetwork.Of(model.Network!)!;
            using (no_grad())
            {
                words.Vectors.Value.copy_(randn(words.Vectors.Value.shape, generator: noise));
                words.Outputs.Value.copy_(randn(words.Outputs.Value.shape, generator: noise));
                // Always the word 3 is drawn.
                words.Noise.Value.zero_()[3] = 1;
            }

            using var samples = new DeviceData(plan.Encode(Sentences(20), withLabel: false), CPU);
            var batch = samples.Range(0, 12);
            var expected = Steps(model.Network!, words, batch);
            var kernel = new WordKernel(new AliasTable(CpuMemory.Floats(words.Noise.Value)), 1, features);
            var loss = kernel.Run(CpuMemory.Floats(batch.Inputs[words.Sources]),
                CpuMemory.Floats(batch.Inputs[words.Targets]), 12, CpuMemory.Floats(words.Vectors.Value),
                CpuMemory.Floats(words.Outputs.Value), 0.1f, 1);
            Assert.Equal(expected.Loss, loss, 1e-4 * expected.Loss);
            Assert.True(expected.Vectors.allclose(words.Vectors.Value.detach(), 1e-4, 1e-5));
            Assert.True(expected.Outputs.allclose(words.Outputs.Value.detach(), 1e-4, 1e-5));
        }
    }

    private static (double Loss, Tensor Vectors, Tensor Outputs) Steps(Network network, WordNetwork words, Batch batch)
    {
        var (vectors, outputs) = (words.Vectors.Value, words.Outputs.Value);
        var before = (vectors.detach().clone(), outputs.detach().clone());
        var loss = 0.0;
        for (var sample = 0; sample < batch.Count; sample++)
            for (var place = 0; place < batch.Inputs[words.Targets].shape[1]; place++)
            {
                var inputs = batch.Part(sample, 1).Inputs.Select(input => input.clone()).ToArray();
                var kept = inputs[words.Targets][0, place].ToSingle();
                inputs[words.Targets].zero_()[0, place] = kept;
                (vectors.grad, outputs.grad) = (null, null);
                var value = network.Forward(inputs, new ForwardContext(training: true)).sum().neg();
                value.backward();
                loss += value.ToDouble();
                using var noGradient = no_grad();
                vectors.add_(vectors.grad!, -0.1);
                outputs.add_(outputs.grad!, -0.1);
            }

        (vectors.grad, outputs.grad) = (null, null);
        var after = (vectors.detach().clone(), outputs.detach().clone());
        using (no_grad())
        {
            vectors.copy_(before.Item1);
            outputs.copy_(before.Item2);
        }

        return (loss, after.Item1, after.Item2);
    }

    [Theory]
    [InlineData("SkipGram", false)]
    [InlineData("SkipGram", true)]
    [InlineData("CBOW", false)]
    public void WordsOfOneKindGetNear(string name, bool hogwild)
    {
        Architecture architecture = name == "CBOW" ? new CBOW { Features = 20 } : new SkipGram { Features = 20 };
        using var model = Train(architecture, Options with
        {
            Epochs = 30,
            Optimizer = new WordSGD { LearningRate = 0.1, Hogwild = hogwild },
        }, Sentences());
        Assert.True(model.History[^1].Loss < model.History[0].Loss);
        var words = WordVectors.Of(model);
        Assert.Equal(["hammer", "saw"], words.Find(["drill"], [], 2).Select(found => found.Word).Order());
        Assert.Equal(["apple", "pear"], words.Find(["plum"], [], 2).Select(found => found.Word).Order());
        // plum - eat + use is of the other sentences.
        if (name == "SkipGram")
            Assert.Contains(words.Find(["plum", "use"], ["eat"], 3)[0].Word,
                new[] { "hammer", "saw", "drill", "they", "one", "heavy", "tomorrow" });
    }

    [Fact]
    public void OtherOptimizersTrainItToo()
    {
        using var model = Train(new SkipGram { Features = 8 }, Options with { Optimizer = new Adam() }, Sentences());
        Assert.True(model.History[^1].Loss < model.History[0].Loss);
        // At first each of the six probabilities of a pair is a half; a row has up to ten pairs.
        Assert.InRange(model.History[0].Loss, 0, 6 * Math.Log(2) * 10);
    }

    [Fact]
    public void WordsAreDrawnByTheirCount()
    {
        var data = Sentences();
        using var model = Train(new SkipGram { Features = 4 }, Options with { Epochs = 1 }, data);
        var noise = model.Network!.Buffers.Single().Value.data<float>().ToArray();
        var codes = ((TokenColumn)data.Columns[1]).Codes;
        Assert.Equal(0, noise[0]);
        for (var word = 1; word < noise.Length; word++)
            Assert.Equal(Math.Pow(codes.Count(code => code == word - 1), 0.75), noise[word], 1e-3);
    }

    [Fact]
    public void TheSeedDecidesAndACheckpointContinuesExactly()
    {
        var data = Sentences();
        using var whole = Train(new SkipGram { Features = 8 }, Options, data);
        using var again = Train(new SkipGram { Features = 8 }, Options, data);
        Assert.Equal(Values(whole), Values(again));
        using var other = Train(new SkipGram { Features = 8 }, Options with { Seed = 5 }, data);
        Assert.NotEqual(Values(whole), Values(other));
        var folder = Directory.CreateTempSubdirectory("deepps-words-").FullName;
        try
        {
            using var parts = new SkipGram { Features = 8 }.Build(seed: 1);
            var checkpoints = new CheckpointOptions(folder) { Resume = true };
            foreach (var epochs in new[] { 2, 4 })
                new Trainer(parts, Options with { Epochs = epochs }) { Checkpoints = checkpoints }.Run(data).Last();
            Assert.Equal(Values(whole), Values(parts));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void OtherNetworksAndOptionsAreRefused()
    {
        DataFiles.Fails("OptimizerUse", () => Train(new SkipGram(), Options with { ClipNorm = 1 }, Sentences(20)));
        DataFiles.Fails("OptimizerUse", () =>
        {
            using var dense = new Model([new Dense { Units = 1 }]);
            new Trainer(dense, Options).Run(Sets.Line()).Last();
        });
    }

    [Fact]
    public void NothingIsLeftBehind()
    {
        var data = Sentences(40);
        Run();
        var before = Live();
        Run();
        Assert.Equal(before, Live());

        void Run()
        {
            using var model = Train(new CBOW { Features = 4 }, Options, data);
            WordVectors.Of(model).Find(["apple"], [], 2);
        }

        static long Live()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Tensor.TotalCount;
        }
    }
}
