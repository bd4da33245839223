using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Search;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Trial trainings that are rolled back, and trainings that diverge and continue.</summary>
public sealed class TrainingTrialTests
{
    private static readonly Dataset Data = new Moons { Count = 600 }.Generate(1);

    private static Model NewModel() =>
        new([new Dense { Units = 16, Activation = new ReLU() }, new Dense { Units = 2 }], seed: 3);

    private static float[] Weights(Model model) =>
        model.Network!.State.SelectMany(p => p.Value.detach().data<float>().ToArray()).ToArray();

    [Fact]
    public void ASweepSuggestsARateThatLearnsAndLeavesTheModelAsItWas()
    {
        using var model = NewModel();
        model.Bind(new Shape(2));
        var before = Weights(model);
        var sweep = LearningRateFinder.Find(model,
            new TrainingOptions { Optimizer = new SGD { LearningRate = 0.1 }, Seed = 2 }, Data);
        Assert.Equal(before, Weights(model));
        Assert.Null(model.Plan);
        Assert.Empty(model.History);
        Assert.Equal(1e-7, sweep.Curve[0].LearningRate, 1e-12);
        Assert.True(sweep.Curve.Zip(sweep.Curve.Skip(1))
            .All(pair => pair.Second.LearningRate > pair.First.LearningRate));
        Assert.InRange(sweep.Suggestion, 1e-3, 10);
        Assert.True(sweep.Suggestion < sweep.Minimum);
        double Loss(double rate)
        {
            using var fresh = NewModel();
            return new Trainer(fresh, new TrainingOptions
            {
                Optimizer = new SGD { LearningRate = rate }, Seed = 2, Epochs = 5,
            }).Run(Data).Last().Loss;
        }

        Assert.True(Loss(sweep.Suggestion) < Loss(sweep.Suggestion / 1000) / 2);
    }

    [Fact]
    public void ASweepEndsWhereTheLossExplodes()
    {
        using var model = NewModel();
        var sweep = LearningRateFinder.Find(model, new TrainingOptions { Optimizer = new SGD { LearningRate = 0.1 } },
            Data, to: 1e6);
        Assert.True(sweep.Curve.Count < 100);
    }

    [Fact]
    public void WhatCannotBeSweptIsRefused()
    {
        using var model = NewModel();
        string Fails(TrainingOptions options, double from = 1e-7) =>
            Assert.ThrowsAny<DlException>(() => LearningRateFinder.Find(model, options, Data, from: from)).Id;
        Assert.Equal("OptimizerUse", Fails(new TrainingOptions { Optimizer = new NormalEquation() }));
        Assert.Equal("InvalidSweep", Fails(new TrainingOptions(), from: 100));
    }

    [Fact]
    public void AnEstimateTriesStepsAndTakesThemBack()
    {
        using var model = NewModel();
        model.Bind(new Shape(2));
        var before = Weights(model);
        var estimate = TrainingEstimate.Of(model, new TrainingOptions { Epochs = 7, BatchSize = 100 }, Data);
        Assert.Equal(before, Weights(model));
        Assert.Null(model.Plan);
        Assert.Equal((600, 6, 82L), (estimate.Samples, estimate.StepsPerEpoch, estimate.Parameters));
        Assert.True(estimate.Step > TimeSpan.Zero);
        Assert.Equal(estimate.Step * 42, estimate.Run);
        Assert.Equal(estimate.Step * 6, estimate.Epoch);
        Assert.InRange(estimate.Loss, 0.3, 2);
    }

    [Fact]
    public void ATrainingThatDivergesGoesOnMoreSlowly()
    {
        var data = new Dataset("steep", [
            new NumberColumn("x", Enumerable.Range(0, 256).Select(i => i / 64.0).ToArray()),
            new NumberColumn("y", Enumerable.Range(0, 256).Select(i => Math.Sin(i / 20.0)).ToArray())], "y");
        var options = new TrainingOptions { Optimizer = new SGD { LearningRate = 60 }, Epochs = 60, Seed = 1 };
        using var model = new Model([new Dense { Units = 1 }], seed: 3);
        Assert.Equal("LossNotFinite",
            Assert.ThrowsAny<DlException>(() => new Trainer(model, options).Run(data).Count()).Id);
        var warnings = new List<string>();
        using var second = new Model([new Dense { Units = 1 }], seed: 3);
        var trainer = new Trainer(second, options with { OnDivergence = Divergence.Recover }) { Warn = warnings.Add };
        var records = trainer.Run(data).ToArray();
        Assert.Equal(60, records.Length);
        Assert.NotEmpty(warnings);
        Assert.All(warnings, warning => Assert.Contains("learning rate times", warning));
        Assert.Equal(60 * Math.Pow(0.5, warnings.Count), records[^1].LearningRate);
        Assert.True(double.IsFinite(records[^1].Loss));
    }
}
