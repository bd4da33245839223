using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Trainings with arrays as inputs or labels, or without a label.</summary>
public sealed class ArrayTrainingTests
{
    private static readonly Random Random = new(1);

    private static Dictionary<string, object?> Row(params (string, object?)[] values) =>
        values.ToDictionary(pair => pair.Item1, pair => pair.Item2);

    private static Dataset Build(string? label, int count, Func<int, Dictionary<string, object?>> row)
    {
        var builder = new DatasetBuilder();
        for (var i = 0; i < count; i++)
            builder.Add(row(i));
        return builder.Build("set", label);
    }

    private static float[] Draw(int count) =>
        Enumerable.Range(0, count).Select(_ => (float)(Random.NextDouble() * 2 - 1)).ToArray();

    private static EpochRecord Train(Model model, Dataset data, double rate = 0.02, int epochs = 100, Loss? loss = null,
        bool reconstruct = false) =>
        new Trainer(model, new TrainingOptions
        {
            Epochs = epochs, Loss = loss, Optimizer = new Adam { LearningRate = rate }, Reconstruct = reconstruct,
        }).Run(data).Last();

    [Fact]
    public void SeveralNumbersAreLearnedInTheirUnit()
    {
        var data = Build("y", 200,
            _ => Draw(3) is var x ? Row(("x", x), ("y", new[] { 10 + 5 * x[0], 10 - 5 * x[1] + x[2] })) : null!);
        using var model = new Model([new Dense { Units = 2 }]);
        Train(model, data);
        var metrics = Evaluator.Measure(model, data).Metrics().ToDictionary();
        Assert.True(metrics["R2"] > 0.999 && metrics["RMSE"] < 0.1, string.Join(", ", metrics));
        var prediction = Assert
            .IsType<double[]>(Predictor.Predict(model, model.Plan!.Rows([Row(("x", new[] { 1, -1, 0.5 }))]))[0].Value);
        Assert.Equal([15, 15.5], prediction, (a, b) => Math.Abs(a - b) < 0.3);
    }

    [Fact]
    public void AClassAtEachPlaceIsLearnedPlacesWithoutOneDoNotCount()
    {
        var data = Build("y", 100, i => Draw(6) is var x ? Row(("x", x),
            ("y", x.Select((v, k) => i % 5 == 0 && k > 3 ? null : v > 0.3 ? "high" : v > -0.3 ? "mid" : "low")
                .ToArray())) : null!);
        using var model = new Model([new Reshape { Shape = new Shape(6, 1) },
            new Dense { Units = 16, Activation = new Tanh() }, new Dense { Units = 3 }]);
        Train(model, data, rate: 0.03);
        Assert.IsType<CrossEntropy>(model.Loss);
        Assert.True(Evaluator.Measure(model, data).Metrics().Single().Value > 0.95);
        var matrix = Evaluator.Measure(model, data, metrics: [new ConfusionMatrix()]).Matrix()!;
        Assert.Equal(600 - 20 * 2, matrix.Sum(row => row.Predicted().Sum(count => count.Value)));
        var prediction = Predictor.Predict(model,
            model.Plan!.Rows([Row(("x", new[] { 0.9, 0, -0.9, 0.9, 0, -0.9 }))]))[0];
        Assert.Equal(new[] { "high", "mid", "low", "high", "mid", "low" }, Assert.IsType<string[]>(prediction.Value));
        Assert.InRange(prediction.Probability!.Value, 0.4, 1);
    }

    [Fact]
    public void OneOutputAPlaceIsForTwoClassesAtEach()
    {
        var data = Build("y", 100,
            _ => Draw(3) is var x ? Row(("x", x), ("y", x.Select(v => v > 0).ToArray())) : null!);
        using var model = new Model([new Dense { Units = 3 }]);
        Train(model, data, rate: 0.05);
        Assert.IsType<BinaryCrossEntropy>(model.Loss);
        Assert.True(Evaluator.Measure(model, data).Metrics().Single().Value > 0.95);
    }

    [Fact]
    public void WithoutALabelTheInputIsLearned()
    {
        var data = Build(null, 100,
            _ => Draw(2) is var x ? Row(("x", new[] { x[0], x[1], x[0] + x[1], x[0] - x[1] })) : null!);
        using var model = new Model([new Dense { Units = 2 }, new Dense { Units = 4 }]);
        Train(model, data, rate: 0.05, epochs: 200);
        Assert.Equal((true, LabelKind.Number, new Shape(4)),
            (model.Plan!.Label!.IsInput, model.Plan.Label.Kind, model.Plan.Label.Shape));
        Assert.True(Evaluator.Measure(model, data).Metrics().ToDictionary()["RMSE"] < 0.01);
        var predictions = Predictor.Predict(model,
            model.Plan.Rows([Row(("x", new[] { 0.5, 0.25, 0.75, 0.25 })), Row(("x", new[] { 1, 1, -1, -1 }))]));
        Assert.Equal([0.5, 0.25, 0.75, 0.25], (double[])predictions[0].Value, (a, b) => Math.Abs(a - b) < 0.03);
        var errors = predictions.Select(p => (double)p.Further.Single(more => more.Key == "Error").Value).ToArray();
        Assert.True(errors[0] < 0.001 && errors[1] > 0.1);
    }

    [Fact]
    public void ImagesAreGivenBackWhateverTheirLabelIfThatIsAskedFor()
    {
        var data = new Digits { Count = 60 }.Generate(1);
        using var model = new Model([new Flatten(), new Dense { Units = 8 }, new Dense { Units = 784 }]);
        Train(model, data, epochs: 3, loss: new BinaryCrossEntropy(), reconstruct: true);
        Assert.Equal(new Shape(784), model.Plan!.Label!.Shape);
        var pixels = (double[])Predictor.Predict(model, data)[0].Value;
        Assert.Equal(784, pixels.Length);
        Assert.All(pixels, pixel => Assert.InRange(pixel, 0, 1));
        using var shaped =
            new Model([new Flatten(), new Dense { Units = 784 }, new Reshape { Shape = new Shape(1, 28, 28) }]);
        Train(shaped, new Dataset("pictures", [data.Columns[0]]), epochs: 1);
        Assert.IsType<double[][][]>(Predictor.Predict(shaped, data)[0].Value);
    }

    [Fact]
    public void OutputsThatCannotBeTheInputAreRefused()
    {
        using var model = new Model([new Dense { Units = 3 }]);
        var error = Assert.Throws<DlException>(() => Train(model, Build(null, 4, i => Row(("x", new[] { i, 2 * i })))));
        Assert.Equal("NoLabel", error.Id);
        Assert.Contains("the input is 2, the output is 3", error.Message);
    }

    [Fact]
    public void SamplesOfWeightZeroCountForNothing()
    {
        var x = Draw(40).Select(v => (double)v).ToArray();
        var y = x.Select((v, i) => i % 2 == 0 ? 2 * v : -50).ToArray();
        Column[] columns = [new NumberColumn("x", x), new NumberColumn("y", y),
            new NumberColumn("w", x.Select((_, i) => i % 2 == 0 ? 1.0 : 0).ToArray())];
        var weighted = new Dataset("all", columns, "y", "w");
        var plan = DataPlan.Fit(weighted);
        var options = new TrainingOptions
        {
            Epochs = 5, BatchSize = 40, Shuffle = false, Optimizer = new SGD { LearningRate = 0.1 },
        };
        using var one = new Model([new Dense { Units = 1 }]);
        using var other = new Model([new Dense { Units = 1 }]);
        var half = weighted.Take(Enumerable.Range(0, 20).Select(i => 2 * i).ToArray());
        var losses = new Trainer(one, options).Run(weighted, plan: plan).Select(record => record.Loss).ToArray();
        Assert.Equal(new Trainer(other, options).Run(half, plan: plan).Select(record => record.Loss), losses,
            (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(Evaluator.Measure(one, half).Loss, Evaluator.Measure(one, weighted).Loss, 5);
        Assert.NotEqual(Evaluator.Measure(one, half).Metrics()[0].Value,
            Evaluator.Measure(one, weighted).Metrics()[0].Value, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AStepWhoseSamplesAllWeighNothingChangesNothing(int accumulate)
    {
        Column[] columns = [new NumberColumn("x", Draw(16).Select(v => (double)v).ToArray()),
            new NumberColumn("y", Draw(16).Select(v => (double)v).ToArray()),
            new NumberColumn("w", Enumerable.Range(0, 16).Select(i => i < 8 ? 1.0 : 0).ToArray())];
        double[] Weights(Dataset data)
        {
            using var model = new Model([new Dense { Units = 1 }]);
            var options = new TrainingOptions
            {
                Epochs = 1, BatchSize = 4, AccumulateSteps = accumulate,
                Shuffle = false, Optimizer = new SGD { LearningRate = 0.1 },
            };
            new Trainer(model, options).Run(data, plan: DataPlan.Fit(new Dataset("all", columns, "y", "w"))).Last();
            return model.Network!.Parameters.SelectMany(parameter => parameter.Value.data<float>().ToArray())
                .Select(v => (double)v).ToArray();
        }

        var all = new Dataset("all", columns, "y", "w");
        Assert.Equal(Weights(all.Take(Enumerable.Range(0, 8).ToArray())), Weights(all));
    }

    [Fact]
    public void LayersTakeColumnsAsInputs()
    {
        var data = Build("y", 120,
            i => Draw(3) is var x ? Row(("curve", x), ("n", i % 7), ("y", 2 * x.Sum() + i % 7)) : null!);
        using var model = new Model([
            new Dense { Units = 4, Name = "a", From = ["curve"] }, new Dense { Units = 4, Name = "b", From = ["n"] },
            new Concat { From = ["a", "b"] }, new Dense { Units = 1 },
        ]);
        Train(model, data);
        Assert.Equal([new NetworkInput("curve", new Shape(3)), new NetworkInput("n", new Shape(1))],
            model.Network!.Inputs);
        Assert.True(Evaluator.Measure(model, data).Metrics().ToDictionary()["R2"] > 0.99);
        var path = Path.GetTempFileName();
        try
        {
            ModelFile.Save(model, path);
            using var loaded = ModelFile.Load(path);
            Assert.Equal(Predictor.Predict(model, data), Predictor.Predict(loaded, data));
        }
        finally
        {
            File.Delete(path);
        }

        using var wrong = new Model([new Dense { Units = 1, From = ["curv"] }]);
        Assert.Equal("UnknownInput", Assert.Throws<DlException>(() => Train(wrong, data)).Id);
    }
}
