using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Labels of several columns, and of several names a row.</summary>
public sealed class SeveralLabelsTests
{
    private static readonly double[] X = Enumerable.Range(0, 120).Select(i => i / 60.0 - 1).ToArray();

    private static NumberColumn Of(string name, Func<double, double> value) => new(name, X.Select(value).ToArray());

    private static CategoryColumn Texts(string name, Func<double, string?> value)
    {
        var texts = X.Select(value).ToArray();
        var levels = texts.OfType<string>().Distinct().ToArray();
        return new CategoryColumn(name, texts.Select(text => Array.IndexOf(levels, text)).ToArray(), levels);
    }

    private static Dataset Tags(string mark = ";") => new("tags",
        [Of("x", x => x), Texts("Tags", x => x < -0.5 ? null : x < 0 ? "low" : x < 0.5 ? $"high{mark} warm"
            : $"warm{mark}high{mark}late").WithFacts(new ColumnFacts { HoldsSeveral = true })], "Tags");

    private static Model Train(Dataset data, int outputs)
    {
        var model = new Model([new Dense { Units = 16, Activation = new Tanh() }, new Dense { Units = outputs }],
            seed: 3);
        var options = new TrainingOptions
        {
            Epochs = 60, Optimizer = new Adam { LearningRate = 0.03 }, Seed = 1,
        };
        Assert.Equal(60, new Trainer(model, options).Run(data).Count());
        return model;
    }

    [Fact]
    public void SeveralNumbersAreLearnedEachInItsOwnUnit()
    {
        var data = new Dataset("set", [Of("x", x => x), Of("Height", x => 100 + 10 * x),
            Of("Income", x => 5e4 - 2e4 * x)], "Height", moreLabels: ["income"]);
        Assert.Equal(["Height", "Income"], data.Take([1, 2]).Labels.Select(column => column.Name));
        using var model = Train(data, 2);
        var label = model.Plan!.Label!;
        Assert.Equal((LabelKind.Number, new Shape(2), "Height, Income"), (label.Kind, label.Shape, label.Name));
        Assert.Equal([ColumnRole.Input, ColumnRole.Label, ColumnRole.Label],
            model.Plan.Columns.Select(column => column.Role));
        var prediction = Predictor.Predict(model, data.Take([60]))[0];
        var values = Assert.IsType<double[]>(prediction.Value);
        Assert.Equal(100, values[0], 1.0);
        Assert.Equal(5e4, values[1], 2e3);
        Assert.Equal([("Prediction_Height", values[0]), ("Prediction_Income", values[1])],
            prediction.Further.Select(pair => (pair.Key, (double)pair.Value)));

        var gap = new Dataset("gap", [data.Columns[0], Of("Height", x => x > 0.9 ? double.NaN : x),
            Of("Income", x => x < -0.9 ? double.NaN : x)], "Height", moreLabels: ["Income"]);
        Assert.Equal(11, DataPlan.Fit(gap).Encode(gap, withLabel: true).Dropped);
    }

    [Theory, InlineData(";"), InlineData("|"), InlineData(",")]
    public void NamesStandInOneText(string mark)
    {
        var data = Tags(mark);
        var plan = DataPlan.FromJson(JsonNode.Parse(DataPlan.Fit(data).ToJson().ToJsonString())!);
        Assert.Equal(["high", "late", "low", "warm"], plan.Label!.Classes);
        var encoded = plan.Encode(data.Take([0, 40, 70, 119]), withLabel: true);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1], Assert.IsType<long[]>(encoded.Targets));
        var log = new List<string>();
        var other = new Dataset("other", [new NumberColumn("x", [1]),
            new CategoryColumn("Tags", [0], [$"new{mark}low"])]);
        Assert.Equal([0, 0, 1, 0], (long[])plan.Encode(other, true, log.Add).Targets!);
        Assert.Contains("new did not occur", Assert.Single(log));
    }

    [Fact]
    public void NamesArePredictedWithTheirProbabilities()
    {
        using var model = Train(Tags(), 4);
        Assert.IsType<BinaryCrossEntropy>(model.Loss);
        var evaluation = Evaluator.Measure(model, Tags(),
            metrics: [new Accuracy(), new F1 { Average = ClassAverage.PerClass },
            new Recall { Average = ClassAverage.Micro }]);
        Assert.Equal(["Accuracy", "F1_high", "F1_late", "F1_low", "F1_warm", "RecallMicro"],
            evaluation.Metrics().Select(metric => metric.Key));
        Assert.All(evaluation.Metrics(), metric => Assert.InRange(metric.Value, 0.93, 1));
        Assert.Equal(["Loss", "Accuracy", "F1"],
            new[] { "Loss" }.Concat(model.History[0].Metrics().Select(metric => metric.Key)));

        var predictions = Predictor.Predict(model, Tags().Take([5, 110]));
        Assert.Empty(Assert.IsType<string[]>(predictions[0].Value));
        Assert.Equal(["high", "late", "warm"], Assert.IsType<string[]>(predictions[1].Value));
        Assert.Equal(["Probability_high", "Probability_late", "Probability_low", "Probability_warm"],
            predictions[1].Further.Select(pair => pair.Key));
        var sure = predictions[1].Further.Select(pair => (double)pair.Value).ToArray();
        Assert.Equal(sure.Min(p => Math.Max(p, 1 - p)), predictions[1].Probability!.Value);
        Assert.True(sure[0] > 0.5 && sure[2] < 0.5);
    }

    [Fact]
    public void MetricsOfNamesAreScikitLearns()
    {
        // sklearn.metrics over y = [[1,0,1],[0,0,1],[1,1,0]], p = [[1,0,0],[0,1,1],[1,1,1]]: f1_score macro 0.7222222,
        // micro 0.7272727.
        using var target = TorchSharp.torch.tensor(new long[] { 1, 0, 1, 0, 0, 1, 1, 1, 0 }).reshape(3, 3);
        using var output = TorchSharp.torch.tensor(new float[] { 1, -1, -1, -1, 1, 1, 1, 1, 1 }).reshape(3, 3);
        var label = new LabelPlan([new LabelPart("y")], LabelKind.Labels, new Shape(3), ["a", "b", "c"]);
        Metric[] metrics = [new Accuracy(), new F1(), new F1 { Average = ClassAverage.Micro },
            new F1 { Average = ClassAverage.PerClass }];
        var loss = new BinaryCrossEntropy();
        using var sums = new MetricSet(metrics, new OutputReader(label, loss), TorchSharp.torch.CPU);
        using var mean = loss.Compute(output, target);
        sums.Add(mean, null, output, target, gaps: false);
        double[] expected = [6 / 9.0, (1 + 2 / 3.0 + 0.5) / 3, 8 / 11.0, 1, 2 / 3.0, 0.5];
        Assert.All(expected.Zip(sums.Values()), pair => Assert.Equal(pair.First, pair.Second.Value, 1e-12));
    }

    [Fact]
    public void ColumnsOfYesAndNoAreNames()
    {
        var data = new Dataset("mail", [Of("x", x => x), Texts("IsSpam", x => x > 0 ? "yes" : "no"),
            Of("IsUrgent", x => Math.Abs(x) > 0.5 ? 1 : 0)], "IsSpam", moreLabels: ["IsUrgent"]);
        using var model = Train(data, 2);
        Assert.Equal((LabelKind.Labels, "any of 2 names"), (model.Plan!.Label!.Kind, model.Plan.Columns[1].Encoder));
        Assert.Equal(["IsSpam", "IsUrgent"], (string[])Predictor.Predict(model, data.Take([115]))[0].Value);
    }

    [Fact]
    public void ArraysOfNamesOfAnyLength()
    {
        var builder = new DatasetBuilder { NameLists = ["tags"] };
        foreach (var names in new object?[] { new[] { "a", "b" }, Array.Empty<string>(), null, new object[] { "b" },
            new[] { "c", "a", "b" } })
            builder.Add(new Dictionary<string, object?> { ["x"] = builder.Count, ["Tags"] = names });
        var data = builder.Build("set", "Tags", LabelKind.Labels);
        var plan = DataPlan.Fit(data);
        Assert.Equal([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1], (long[])plan.Encode(data, true).Targets!);
    }

    [Fact]
    public void FilesHaveThemToo()
    {
        using var files = new DataFiles();
        var file = files.Write("set.csv", "x,a,b,tags\n1,2,5,p;q\n2,4,6,\n3,7,8,q\n");
        var numbers = CsvReader.Read(file, new CsvOptions { Label = "a", MoreLabels = ["3"], Columns = ["x"] });
        Assert.Equal(["a", "b"], numbers.Labels.Select(column => column.Name));
        Assert.Equal(LabelKind.Number, DataPlan.Fit(numbers).Label!.Kind);
        var tags = CsvReader.Read(file, new CsvOptions { Label = "tags", LabelKind = LabelKind.Labels });
        Assert.Equal([1, 1, 0, 0, 0, 1], (long[])DataPlan.Fit(tags).Encode(tags, true).Targets!);
        Assert.Equal(3, DatasetSplitter.Split(new Dataset("twice", Tags().Columns, "Tags"),
            new SplitOptions { Test = 0.5 }).Plan.Label!.Classes.Count - 1);
    }

    [Fact]
    public void WhatCannotBeOneLabel()
    {
        var data = new Dataset("set", [Of("x", x => x), Of("n", x => 2 * x), Texts("c", x => x > 0 ? "red" : "blue")]);
        var error = DataFiles.Fails("InvalidLabel", () => new Dataset("set", data.Columns, "n", moreLabels: ["c"]));
        Assert.Contains("'c' is of kind Category", error.Message);
        using var model = new Model([new Dense { Units = 4 }]);
        DataFiles.Fails("LossLabel", () => new Trainer(model, new TrainingOptions { Loss = new CrossEntropy() })
            .Run(Tags()).ToArray());
        DataFiles.Fails("MetricLabel", () => new Trainer(model, new TrainingOptions { Metrics = [new Kappa()] })
            .Run(Tags()).ToArray());
        using var narrow = new Model([new Dense { Units = 3 }]);
        Assert.Contains("4 outputs, one for each name",
            DataFiles.Fails("OutputShape", () => new Trainer(narrow, new TrainingOptions()).Run(Tags())
            .ToArray()).Message);
        DataFiles.Fails("ClassWeights", () => new Trainer(
            model, new TrainingOptions { ClassWeights = ClassWeights.Balanced }).Run(Tags()).ToArray());
    }
}
