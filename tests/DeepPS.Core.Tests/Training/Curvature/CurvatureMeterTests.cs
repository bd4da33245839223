using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;
using TorchSharp;

namespace DeepPS.Tests;

public class CurvatureMeterTests
{
    /// <summary>
    /// y = w x + b with x standardized: the Hessian of the mean square is 2 (1/n) sum [x 1]'[x 1], the matrix 2 I.
    /// </summary>
    [Fact]
    public void TheCurvatureOfALineIsKnown()
    {
        using var model = new Model([new Dense { Units = 1 }]);
        var found = CurvatureMeter.Measure(model, Sets.Line(), new CurvatureOptions { Top = 2 });
        Assert.Equal((2, 64), (found.Parameters, found.Count));
        Assert.Equal([2.0, 2], found.LargestOnes(), (one, other) => Math.Abs(one - other) < 0.04);
        Assert.Equal(2 / found.Largest, found.StableLearningRate!.Value, 1e-12);
        Assert.Equal(found.Largest / found.Smallest, found.ConditionNumber!.Value, 1e-12);
        Assert.Equal(found.LargestOnes().Sum(), found.Trace!.Value, 1e-5);
        Assert.True(found.Converged);
    }

    [Fact]
    public void TheSameSeedGivesTheSameResultAndAnotherOneOtherRows()
    {
        using var model = new Model([new Dense { Units = 3, Activation = new Tanh() }, new Dense { Units = 2 }]);
        var data = Sets.Noise(200, 1);
        var options = new CurvatureOptions { Top = 2, Samples = 50, Seed = 3 };
        var (one, again) = (CurvatureMeter.Measure(model, data, options), CurvatureMeter.Measure(model, data, options));
        Assert.Equal((one.Count, one.Largest, one.Trace), (again.Count, again.Largest, again.Trace));
        Assert.Equal(50, one.Count);
        Assert.NotEqual(one.Loss, CurvatureMeter.Measure(model, data, options with { Seed = 4 }).Loss);
    }

    [Fact]
    public void TheTraceIsWithinItsStandardError()
    {
        using var model = new Model([new Dense { Units = 6, Activation = new Tanh() }, new Dense { Units = 2 }]);
        var options = new CurvatureOptions { Top = 68, Probes = 200, Seed = 1 };
        var found = CurvatureMeter.Measure(model, Sets.Noise(60, 1), options);
        Assert.Equal(68, found.Iterations);
        Assert.InRange(Math.Abs(found.LargestOnes().Sum() - found.Trace!.Value), 0, 4 * found.TraceError!.Value);
        Assert.Null(CurvatureMeter.Measure(model, Sets.Noise(60, 1), options with { Probes = 0 }).Trace);
    }

    [Fact]
    public void FrozenLayersDoNotCount()
    {
        using var model = new Model([new Dense { Units = 3, Frozen = true }, new Dense { Units = 2 }]);
        Assert.Equal(8, CurvatureMeter.Measure(model, Sets.Noise(40, 1), new CurvatureOptions()).Parameters);
    }

    [Theory]
    [InlineData("NothingToLearn")]
    [InlineData("TooManyEigenvalues")]
    [InlineData("NoLabel")]
    [InlineData("LossLabel")]
    public void WhatCannotBeMeasuredIsRefused(string id)
    {
        using var model = new Model(id == "NothingToLearn" ? [new ReLU()] : [new Dense { Units = 2 }]);
        var options = new CurvatureOptions
        {
            Top = id == "TooManyEigenvalues" ? 19 : 1, Loss = id == "LossLabel" ? new MSELoss() : null,
        };
        var data = id == "NoLabel" ? new Dataset("x", [Sets.Line().Columns[0]])
            : id == "NothingToLearn" ? Sets.Line() : Sets.Noise(20, 1);
        var error = Assert.Throws<DlException>(() => CurvatureMeter.Measure(model, data, options));
        Assert.Equal(id, error.Id);
    }

    [Fact]
    public void ACancelledMeasurementEnds()
    {
        using var model = new Model([new Dense { Units = 2 }]);
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => CurvatureMeter.Measure(model, Sets.Noise(20, 1),
            new CurvatureOptions(), progress: _ => source.Cancel(), cancel: source.Token));
    }

    [Fact]
    public void NoTensorIsLeftBehind()
    {
        Run();
        var before = DisposeScopeManager.Statistics;
        Run();
        var after = DisposeScopeManager.Statistics;
        Assert.Equal(before.ThreadTotalLiveCount, after.ThreadTotalLiveCount);

        static void Run()
        {
            using var model = new Model([new Dense { Units = 3, Activation = new Tanh() }, new Dense { Units = 2 }]);
            CurvatureMeter.Measure(model, Sets.Noise(40, 1), new CurvatureOptions { Top = 3 });
        }
    }
}
