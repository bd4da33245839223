using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>
/// Windows in a frame of their own: relative to their level or season, scaled by themselves, in logarithms.
/// </summary>
public sealed class SeriesFrameTests
{
    private const int Season = 4;
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 60, Seed = 1, Threads = 1, Optimizer = new Adam { LearningRate = 0.01 },
    };

    /// <summary>A series that doubles every 24 steps, with a season of four that grows with it.</summary>
    private static Dataset Growing(int count = 160)
    {
        var values = Enumerable.Range(0, count)
            .Select(i => 10 * Math.Pow(2, i / 24.0) * (1 + (i % Season == 1 ? 0.3 : 0) + 0.01 * (i * 7 % 5)))
            .ToArray();
        var times = Enumerable.Range(0, count).Select(i => new DateTime(2020, 1, 1).AddDays(i).Ticks).ToArray();
        return new Dataset("growing", [new TimeColumn("Day", times), new NumberColumn("Load", values)]);
    }

    private static SeriesPlan Plan(SeriesDifference difference, SeriesScaling scaling, bool log) => new()
    {
        Time = "Day", Value = "Load", Length = 8, Horizon = 6, Season = Season, Calendar = [],
        Difference = difference, Scaling = scaling, Log = log,
    };

    public static TheoryData<SeriesDifference, SeriesScaling, bool> Frames
    {
        get
        {
            var data = new TheoryData<SeriesDifference, SeriesScaling, bool>();
            foreach (var difference in Enum.GetValues<SeriesDifference>())
                foreach (var scaling in Enum.GetValues<SeriesScaling>())
                    foreach (var log in new[] { false, true })
                        data.Add(difference, scaling, log);
            return data;
        }
    }

    /// <summary>An output of 0 is the reference, such as the same step of the last season in the window.</summary>
    [Theory, MemberData(nameof(Frames))]
    public void AnOutputOfZeroIsTheReference(SeriesDifference difference, SeriesScaling scaling, bool log)
    {
        var windows = Plan(difference, scaling, log).Windows(Growing());
        var plan = DataPlan.Fit(windows);
        using var scope = NewDisposeScope();
        if (plan.Frame is not { } frame)
        {
            Assert.True(difference is SeriesDifference.None && scaling is SeriesScaling.Standard && !log);
            return;
        }

        var inputs = tensor((float[])plan.Encode(windows, withLabel: true).Inputs[0].Values).reshape(-1, 8, 1);
        var outputs = frame.Out(inputs, zeros(inputs.shape[0], 6));
        var column = windows.Columns.OfType<WindowColumn>().Single();
        var first = column.Of(0).ToArray();
        for (var step = 0; step < 6; step++)
        {
            var expected = difference switch
            {
                SeriesDifference.Last => first[^1],
                SeriesDifference.None when scaling is SeriesScaling.Standard => log ? 1 : double.NaN,
                SeriesDifference.None => log ? Math.Exp(first.Average(Math.Log)) : first.Average(),
                _ => first[Season + step % Season],
            };
            var actual = outputs[0, outputs.shape[1] == 1 ? 0 : step].ToDouble() * plan.Label!.Scale + plan.Label.Mean;
            Assert.Equal(expected, actual, 2e-4 * Math.Abs(expected) + 1e-3);
        }

        Assert.True(frame.In(inputs).isfinite().all().ToBoolean());
        var labels = tensor((float[])plan.Encode(windows, withLabel: true).Targets!).reshape(-1, 6);
        Assert.True(frame.Out(inputs, frame.Targets(inputs, labels)).allclose(labels, 1e-3, 1e-3));
    }

    /// <summary>
    /// On a series that grows, forecasts beat the seasonal naive one in every frame that has a level, and by far with
    /// logarithms; a model file keeps the frame.
    /// </summary>
    [Theory]
    [InlineData(SeriesDifference.Auto, SeriesScaling.Standard, false)]
    [InlineData(SeriesDifference.Auto, SeriesScaling.Window, false)]
    [InlineData(SeriesDifference.Last, SeriesScaling.Window, true)]
    [InlineData(SeriesDifference.Seasonal, SeriesScaling.Standard, true)]
    public void ForecastsBeatTheSeasonalNaiveOne(SeriesDifference difference, SeriesScaling scaling, bool log)
    {
        var windows = Plan(difference, scaling, log).Windows(Growing());
        var split = DatasetSplitter.Split(windows, new SplitOptions { Test = 0.2 });
        using var model = new Model([new LSTM { Units = 8 }, new Dense { Units = 6 }], seed: 2);
        new Trainer(model, Options).Run(split.Train, plan: split.Plan).Last();
        var measured = Evaluator.Measure(model, split.Test!).Metrics().ToDictionary();
        Assert.InRange(measured["MAE"], 0, measured["SeasonalNaiveMAE"] * 0.6);
        var file = Path.GetTempFileName();
        try
        {
            ModelFile.Save(model, file);
            using var loaded = ModelFile.Load(file);
            Assert.Equal(measured["MAE"], Evaluator.Measure(loaded, split.Test!).Metrics().ToDictionary()["MAE"], 9);
            var forecast = Forecaster.Continue(loaded, Growing(), 12, error => throw error);
            Assert.Equal(12, forecast.Count);
            Assert.All(forecast, step => Assert.InRange(step.Prediction, 10 * Math.Pow(2, 5), 10 * Math.Pow(2, 10)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void ASeasonThatIsUnknownOrTooLongIsRefused()
    {
        var error = Assert.Throws<DlException>(() => DataPlan.Fit(
            (Plan(SeriesDifference.Seasonal, SeriesScaling.Standard, false) with { Season = 9 }).Windows(Growing())));
        Assert.Equal("InvalidSeries", error.Id);
        Assert.Contains("9 steps; Length is 8", error.Message);
    }

    [Fact]
    public void ANetworkOfOtherOutputsSeesWindowsAsTheyAre()
    {
        var windows = Plan(SeriesDifference.Last, SeriesScaling.Window, false).Windows(Growing());
        using var model = new Model(
            [new LSTM { Units = 4 }, new Dense { Units = 12 }, new Reshape { Shape = new Shape(6, 2) }], seed: 2);
        var warnings = new List<string>();
        var options = Options with { Epochs = 1, Loss = new GaussianNLL() };
        var trainer = new Trainer(model, options) { Warn = warnings.Add };
        trainer.Run(windows).Last();
        Assert.Contains("one output for each step", Assert.Single(warnings));
    }

    [Fact]
    public void FoldsOfWindowsRollForward()
    {
        var windows = Plan(SeriesDifference.Last, SeriesScaling.Standard, false).Windows(Growing());
        var folds = DatasetSplitter.Folds(windows, new SplitOptions { Validation = 0.2 }, 3).ToArray();
        Assert.Equal(3, folds.Length);
        var before = 0;
        foreach (var fold in folds)
        {
            var (train, validation, test) = (Times(fold.Train, last: true), Times(fold.Validation!), Times(fold.Test!));
            Assert.True(train.Max() < validation.Min() && Times(fold.Validation!, last: true).Max() < test.Min());
            Assert.True(fold.Train.Count > before);
            before = fold.Train.Count;
        }

        foreach (var (count, repeats) in new[] { (999, 1), (1, 1), (3, 2) })
            Assert.Equal("InvalidFold", Assert.Throws<DlException>(
                () => DatasetSplitter.Folds(windows, new SplitOptions(), count, repeats).Count()).Id);

        static long[] Times(Dataset data, bool last = false)
        {
            var column = data.Columns.OfType<WindowColumn>().Single();
            return column.Ends.ToArray()
                .Select(end => column.Store.Times[last ? end + column.Plan.Horizon - 1 : end]).ToArray();
        }
    }
}
