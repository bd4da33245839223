using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Columns of many names: the network learns a vector for each name, before its layers.</summary>
public sealed class ColumnEmbeddingTests : IDisposable
{
    private const int Hosts = 40;
    private readonly string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    /// <summary>Each host has its own level, which is the label, plus a small effect of a number.</summary>
    private static Dataset Levels(int rows = 800)
    {
        var numbers = Enumerable.Range(0, rows).ToArray();
        var names = Enumerable.Range(0, Hosts).Select(i => $"h{i}").ToArray();
        return new("hosts",
            [
                new CategoryColumn("Host", numbers.Select(i => i * 7 % Hosts).ToArray(), names),
                new NumberColumn("Load", numbers.Select(i => i % 11.0).ToArray()),
                new NumberColumn("Level", numbers.Select(i => i * 7 % Hosts * 37 % 19 + 0.1 * (i % 11)).ToArray()),
            ], "Level");
    }

    private static Model Trained(Optimizer optimizer, int epochs, out Split split)
    {
        split = DatasetSplitter.Split(Levels(), new SplitOptions { Test = 0.2, Seed = 1 });
        var model = new Model([new Dense { Units = 32, Activation = new ReLU() }, new Dense { Units = 1 }], seed: 1);
        var options = new TrainingOptions
        {
            Epochs = epochs, Optimizer = optimizer, BatchSize = optimizer is LBFGS ? 640 : 32, Seed = 1,
        };
        foreach (var _ in new Trainer(model, options).Run(split.Train, null, split.Plan))
        {
        }

        return model;
    }

    public void Dispose() => File.Delete(file);

    [Fact]
    public void ALevelOfEachNameIsLearned()
    {
        using var model = Trained(new Adam { LearningRate = 0.01 }, 25, out var split);
        var r2 = Evaluator.Measure(model, split.Test!, metrics: [new R2()]).Metrics()[0].Value;
        Assert.True(r2 > 0.98, $"R2 is {r2}");

        ModelFile.Save(model, file);
        using var again = ModelFile.Load(file);
        Assert.Equal(model.Network!.Inputs, again.Network!.Inputs);
        Assert.Equal(Predictor.Predict(model, split.Test!).Select(p => p.Value),
            Predictor.Predict(again, split.Test!).Select(p => p.Value));
        var row = new Dictionary<string, object?> { ["Host"] = "never seen", ["Load"] = 3 };
        Assert.True(double.IsFinite((double)Predictor.Predict(again, again.Plan!.Rows([row]))[0].Value));
    }

    [Fact]
    public void LayersSeeTheNumbersThatAreLearned()
    {
        TorchRuntime.Ensure();
        var plan = DataPlan.Fit(Levels());
        using var model = new Model([new Dense { Units = 3 }], plan.Inputs, seed: 4);
        var network = model.Network!;
        Assert.Equal((new Shape(2), new Shape(14)), (network.Input, network.Nodes[0].InputShapes[0]));
        Assert.Equal(["input.Host.weight", "dense1.weight", "dense1.bias"],
            network.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([41, 13], network.Parameters[0].Value.shape);
        Assert.Equal(41 * 13 + 14 * 3 + 3, model.ParameterCount);
        var first = model.Summary()[0];
        Assert.Equal(("input.Host", "Embedding", "13", 41 * 13L, "Host"),
            (first.Name, first.Type, first.OutputShape, first.Parameters, first.From));

        using var scope = NewDisposeScope();
        var batch = tensor(new float[] { 0.5f, 40, -1, 0 }).reshape(2, 2);
        var table = network.Parameters[0].Value;
        var seen = cat([batch.narrow(1, 0, 1), stack([table[40], table[0]])], 1);
        var expected = seen.matmul(network.Parameters[1].Value.t()).add(network.Parameters[2].Value);
        Assert.True(network.Forward(batch, ForwardContext.Inference).sub(expected).abs().max().ToDouble() < 1e-5);
        // Initial values are normal, as in PyTorch's embedding.
        Assert.Equal(1, table.std().ToDouble(), 0.15);
    }

    [Fact]
    public void AColumnMayBeAnInputOfItsOwn()
    {
        var data = Levels();
        var plan = DataPlan.Fit(data).For(["Host", "input"]);
        using var model = new Model([
            new Dense { Units = 4, From = ["Host"], Name = "one" },
            new Dense { Units = 4, From = ["input"], Name = "rest" },
            new Concat { From = ["one", "rest"] },
            new Dense { Units = 1 },
        ], plan.Inputs);
        Assert.Equal([(new Shape(1), new Shape(13)), (new Shape(1), new Shape(1))],
            model.Network!.Inputs.Select(input => (input.Shape, input.Seen)));
        Assert.Single(new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(data));
    }

    [Fact]
    public void OptimizersOfWholeSetsTakeThemOrSayWhyNot()
    {
        using var model = Trained(new LBFGS(), 3, out _);
        Assert.True(model.History[^1].Loss < model.History[0].Loss);

        var linear = new Model([new Dense { Units = 1 }]);
        var options = new TrainingOptions { Optimizer = new NormalEquation() };
        var error = DataFiles.Fails("OptimizerUse", () => new Trainer(linear, options).Run(Levels()).ToArray());
        Assert.Contains("'Host'", error.Message);
        linear.Dispose();
    }

    [Fact]
    public void CodesAreNotGivenBack()
    {
        using var model = new Model([new Dense { Units = 2 }]);
        var options = new TrainingOptions { Reconstruct = true };
        var error = DataFiles.Fails("CodedInput", () => new Trainer(model, options).Run(Levels()).ToArray());
        Assert.Contains("OneHot", error.Message);

        using var bound = new Model([new Dense { Units = 1 }], new Shape(2));
        error = DataFiles.Fails("InputShape", () => new Trainer(bound, new TrainingOptions()).Run(Levels()).ToArray());
        Assert.Contains("Host as one of 41 codes", error.Message);
        Assert.Contains("without an input shape", error.Message);
    }
}
