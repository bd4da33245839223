using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Plots;
using DeepPS.Search;
using DeepPS.Training;

namespace DeepPS.Tests;

public class PlotKindTests
{
    private static EpochRecord Epoch(int epoch, double loss, double? validation = null) => new()
    {
        Epoch = epoch, Loss = loss, ValidationLoss = validation, LearningRate = 0.1, Seconds = 1, SamplesPerSecond = 1,
        MetricValues = [new("Accuracy", 1 - loss), new("ValidationAccuracy", 1 - (validation ?? loss))],
    };

    private static Figure Draw(params object[] items) => Draw(new PlotInput { Items = items });

    private static Figure Draw(PlotInput input) => PlotKind.Of(input).Draw(input);

    private static Model Trained(Dataset data, int epochs = 5, Loss? loss = null)
    {
        var outputs = data.Label is CategoryColumn label ? label.Levels.Count : 1;
        var model = new Model(
            [new Dense { Units = 8, Activation = new ReLU() }, new Dense { Units = outputs }], seed: 1);
        new Trainer(model, new TrainingOptions { Epochs = epochs, Seed = 1, Loss = loss }).Run(data).Last();
        return model;
    }

    [Fact]
    public void EveryKindHasANameAndHelp()
    {
        Assert.Contains("LearningCurve", PlotKind.All.Select(kind => kind.Name));
        Assert.All(PlotKind.All, kind => Assert.NotEqual("", kind.Summary));
        Assert.Equal("Roc", PlotKind.Find("roc").Name);
        Assert.Equal("UnknownPlot", Assert.Throws<DlException>(() => PlotKind.Find("pie")).Id);
    }

    [Fact]
    public void EpochsGiveALossAndAPanelForEachMetric()
    {
        var figure = Draw(Epoch(1, 0.9, 0.8), Epoch(2, 0.5, 0.4), Epoch(3, 0.3, 0.6));
        Assert.Equal(["Loss", "Accuracy"], figure.Panels.Select(panel => panel.Y.Label));
        var lines = figure.Panels[0].Series.OfType<Line>().ToArray();
        Assert.Equal(["training", "validation"], lines.Select(line => line.Name));
        Assert.Equal([0.8, 0.4, 0.6], lines[1].Y);
        Assert.Equal(2, figure.Panels[0].Series.OfType<Rule>().Single().At);
    }

    [Fact]
    public void CompressionsGiveAPanelForEachLayerAndALineForEachKind()
    {
        var figure = Draw(Row("*", "None", 0.9), Row("a", "Rank 16", 0.8), Row("a", "Rank 4", 0.6),
            Row("a", "Sparsity 0.8 tuned", 0.85), Row("*", "TensorTrain 4x8, Rank 2", 0.5));
        Assert.Equal(["a", ""], figure.Panels.Select(panel => panel.Title));
        var lines = figure.Panels[0].Series.OfType<Line>().ToArray();
        Assert.Equal(["Rank", "Sparsity tuned"], lines.Select(line => line.Name));
        Assert.Equal([0.4, 0.2], lines[0].Y.Select(error => Math.Round(error, 6)));
        Assert.Equal(["4", "16"], figure.Panels[0].Series.OfType<Points>().First().Labels);
        Assert.Equal("TensorTrain Rank", figure.Panels[1].Series.OfType<Line>().Single().Name);
        Assert.Equal("PlotInput", Assert.Throws<DlException>(() => Draw(Row("*", "None", 0.9))).Id);

        static Dictionary<string, object?> Row(string layer, string method, double accuracy) => new()
        {
            ["Layer"] = layer, ["Method"] = method, ["CompressedBytes"] = 1000 * accuracy, ["ModelBytes"] = "2000",
            ["Accuracy"] = accuracy,
        };
    }

    [Fact]
    public void EpochsThatBeginAgainAreAnotherTraining()
    {
        var figure = Draw(Epoch(1, 0.9), Epoch(2, 0.5), Epoch(1, 0.8), Epoch(2, 0.7));
        Assert.Equal(["training 1", "training 2"],
            figure.Panels[0].Series.OfType<Line>().Select(line => line.Name));
        Assert.Equal([0.5, 0.7], figure.Panels[0].Series.OfType<Points>().SelectMany(point => point.Y));
    }

    [Fact]
    public void RowsOfAnEpochsFileGiveTheSameCurves()
    {
        var rows = new[] { "0.9", "0.5" }.Select((loss, i) => (object)new Dictionary<string, object?>
        {
            ["Epoch"] = $"{i + 1}", ["Loss"] = loss, ["ValidationLoss"] = "", ["Accuracy"] = "0.25", ["Note"] = "text",
        }).ToArray();
        var figure = Draw(rows);
        Assert.Equal(["Loss", "Accuracy"], figure.Panels.Select(panel => panel.Y.Label));
        Assert.Equal([0.9, 0.5], figure.Panels[0].Series.OfType<Line>().Single().Y);
    }

    [Fact]
    public void ASweepMarksItsSuggestion()
    {
        var points = Enumerable.Range(0, 30)
            .Select(i => new LearningRatePoint(Math.Pow(10, -6 + i / 5.0), 2, 2 - i / 30.0)).ToArray();
        var figure = Draw(new LearningRateSweep(1e-3, 1e-2, points));
        Assert.True(figure.Panels[0].X.IsLog);
        Assert.Equal([1e-3, 1e-2], figure.Panels[0].Series.OfType<Rule>().Select(rule => rule.At));
    }

    /// <summary>Six samples by hand: scores 0.9+ 0.8- 0.7+ 0.7- 0.4- 0.1+.</summary>
    [Fact]
    public void CurvesOfAClassAreThoseByHand()
    {
        var curve = new ClassCurves("yes", [0.1, 0.9, 0.8, 0.7, 0.7, 0.4], [true, true, false, true, false, false]);
        Assert.Equal([0.9, 0.8, 0.7, 0.4, 0.1], curve.Thresholds);
        Assert.Equal([1, 1, 2, 2, 3], curve.Hits);
        Assert.Equal([0, 1, 2, 3, 3], curve.Falses);
        Assert.Equal((1 + 1.5 + 2) / 9, curve.RocArea(), 1e-12);
        Assert.Equal((1 + 0.5 + 0.5) / 3, curve.AveragePrecision(), 1e-12);
    }

    [Fact]
    public void TheAreaOfAModelIsThatOfTheMetric()
    {
        var data = new Blobs { Count = 200, Centers = 2 }.Generate(1);
        using var model = Trained(data, epochs: 1);
        var evaluation = Evaluator.Measure(model, data, metrics: [new RocAuc(), new AveragePrecision()]);
        var curve = ClassCurves.Of(new PlotInput { Model = model, Data = data }, default).Single();
        var metrics = evaluation.Metrics().ToDictionary();
        Assert.Equal(metrics["RocAuc"], curve.RocArea(), 1e-6);
        Assert.InRange(curve.AveragePrecision(), 0.1, 1);
    }

    [Theory]
    [InlineData("Confusion"), InlineData("Roc"), InlineData("PrecisionRecall"), InlineData("Threshold")]
    [InlineData("Calibration")]
    public void AModelOfClassesHasEachPlot(string kind)
    {
        var data = new Blobs { Count = 120, Centers = 3 }.Generate(1);
        using var model = Trained(data);
        var figure = PlotKind.Find(kind).Draw(new PlotInput { Items = [model], Model = model, Data = data });
        Assert.NotEmpty(figure.Panels);
        Assert.All(figure.Panels, panel => Assert.NotEmpty(panel.Series));
        Assert.Contains("<svg", System.Text.Encoding.UTF8.GetString(DrawingFile.Svg(figure)));
        if (kind == "Confusion")
            Assert.Equal(120, figure.Panels[0].Series.OfType<Cells>().Single().Values.Sum(row => row.Sum()));
    }

    [Fact]
    public void ForecastsHaveTheirInterval()
    {
        var figure = Draw(Enumerable.Range(0, 4).Select(i => (object)new Forecast(new DateTime(2024, 1, 1 + i), "a", i)
        {
            FurtherValues = [new("Low", i - 1.0), new("High", i + 1.0)],
        }).ToArray());
        Assert.Equal("a", figure.Panels.Single().Title);
        Assert.Equal([-1, 0, 1, 2], figure.Panels[0].Series.OfType<Band>().Single().Low);
        Assert.True(figure.Panels[0].X.IsTime);
    }

    [Fact]
    public void WhatNothingPlotsIsAnErrorThatNamesIt()
    {
        var error = Assert.Throws<DlException>(() => Draw(new Dictionary<string, object?> { ["A"] = 1 }));
        Assert.Equal("NothingToPlot", error.Id);
        Assert.Contains("rows with A", error.Message);
        Assert.Equal("PlotInput",
            Assert.Throws<DlException>(() => PlotKind.Find("Roc").Draw(new PlotInput { Items = [Epoch(1, 1)] })).Id);
    }
}
