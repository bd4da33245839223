using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Tests;

public sealed class SeriesModelTests
{
    private static Split Split(Dataset windows, double validation, double test) =>
        DatasetSplitter.Split(windows, new SplitOptions { Validation = validation, Test = test, Seed = 9 });

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void PartsFollowEachOtherInTime(int horizon)
    {
        var windows = (Series.Plan(10, horizon) with { Group = "Host" }).Windows(Series.Sines(300, "a", "b"));
        var split = Split(windows, 0.2, 0.1);
        static (DateTime First, DateTime Last) Span(Dataset part)
        {
            var times = Enumerable.Range(0, part.Count).Select(row => Series.Time(part, row)).ToArray();
            return (times.Min(), times.Max());
        }

        var (train, validation, test) = (Span(split.Train), Span(split.Validation!), Span(split.Test!));
        // The last target of a part is before the first target of the next; the next part's inputs may reach back.
        Assert.True(train.Last.AddHours(horizon - 1) < validation.First);
        Assert.True(validation.Last.AddHours(horizon - 1) < test.First);
        Assert.True(validation.First.AddHours(-10) <= train.Last);
        Assert.Equal(2 * 2 * (horizon - 1),
            windows.Count - split.Train.Count - split.Validation!.Count - split.Test!.Count);
        Assert.Equal(Math.Round(windows.Count * 0.1), split.Test.Count, 4.0);
        Assert.Equal(windows.Count * 0.2 - 2 * (horizon - 1), split.Validation.Count, 4.0);
    }

    /// <summary>Training sees the same data, whatever the rows of the test part contain.</summary>
    [Theory]
    [InlineData(GapRule.Interpolate)]
    [InlineData(GapRule.Hold)]
    public void TestRowsChangeNothingOfTraining(GapRule rule)
    {
        var plan = Series.Plan(8, horizon: 3) with { Features = ["Users"], Gap = rule, Calendar = null };
        var values = Series.Random(300, 5);
        var users = Series.Random(300, 6);
        for (var i = 3; i < 300; i += 7)
            values[i] = double.NaN;
        var time = Series.Hourly(Enumerable.Repeat(0.0, 300).ToArray()).Columns[0];
        Dataset Data() => new("set",
            [time, new NumberColumn("Value", values.ToArray()), new NumberColumn("Users", users.ToArray())]);
        var before = Split(plan.Windows(Data()), 0, 0.3);
        var first = Enumerable.Range(0, before.Test!.Count).Min(row => Series.Time(before.Test, row));
        var from = (int)(first - Series.Start).TotalHours;
        for (var i = from; i < 300; i++)
            (values[i], users[i]) = (double.IsNaN(values[i]) ? double.NaN : 1e6 * i, -1e6 * i);
        var after = Split(plan.Windows(Data()), 0, 0.3);
        Assert.Equal(before.Plan.ToJson().ToJsonString(), after.Plan.ToJson().ToJsonString());
        var old = before.Plan.Encode(before.Train, withLabel: true);
        var now = after.Plan.Encode(after.Train, withLabel: true);
        Assert.Equal((float[])old.Inputs[0].Values, (float[])now.Inputs[0].Values);
        Assert.Equal((float[])old.Targets!, (float[])now.Targets!);
        Assert.NotEqual((float[])before.Plan.Encode(before.Test, withLabel: true).Targets!,
            (float[])before.Plan.Encode(after.Test!, withLabel: true).Targets!);
    }

    [Fact]
    public void WindowsAreStandardisedByTheStepsOfTraining()
    {
        var values = Series.Random(200, 1);
        var split = Split((Series.Plan(5) with { Calendar = [TimePart.Hour] }).Windows(Series.Hourly(values)), 0, 0.4);
        var steps = split.Train.Count + 5;
        var mean = values.Take(steps).Average();
        var deviation = Math.Sqrt(values.Take(steps).Average(value => (value - mean) * (value - mean)));
        var encoded = (float[])split.Plan.Encode(split.Train, withLabel: false).Inputs[0].Values;
        Assert.Equal(5 * 3 * split.Train.Count, encoded.Length);
        Assert.Equal((values[0] - mean) / deviation, encoded[0], 1e-5);
        Assert.Equal(0, encoded[1]);
        Assert.Equal(1, encoded[2]);
        Assert.Equal("5x3", split.Plan.InputShape.ToString());
    }

    [Fact]
    public void AModelContinuesEachSeries()
    {
        var data = Series.Sines(120, "a", "b", "c");
        var split = Split((Series.Plan(4) with { Group = "Host" }).Windows(data), 0, 0.2);
        using var model = Series.Linear(split);
        var forecasts = Forecaster.Continue(model, data, 24, e => throw e);
        Assert.Equal(72, forecasts.Count);
        for (var i = 0; i < 72; i++)
        {
            Assert.Equal(((string[])["a", "b", "c"])[i / 24], forecasts[i].Group);
            Assert.Equal(Series.Start.AddHours(120 + i % 24), forecasts[i].Time);
            Assert.Equal(Series.Sine(120 + i % 24, i / 24), forecasts[i].Prediction, 0.05);
        }
    }

    [Fact]
    public void SeveralStepsAtOnceGoOnWithThemselves()
    {
        var data = Series.Sines(120, "a");
        using var model = Series.Linear(Split(Series.Plan(4, horizon: 5).Windows(data), 0, 0.2), horizon: 5);
        var forecasts = Forecaster.Continue(model, data, 12, e => throw e);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => Series.Start.AddHours(120 + i)),
            forecasts.Select(forecast => forecast.Time));
        Assert.All(forecasts, forecast => Assert.Null(forecast.Group));
        for (var i = 0; i < 12; i++)
            Assert.Equal(Series.Sine(120 + i, 0), forecasts[i].Prediction, 0.05);
        Assert.Equal(5, Forecaster.Continue(model, data, null, e => throw e).Count);
    }

    [Fact]
    public void ASeriesThatIsTooShortDoesNotStopTheOthers()
    {
        var data = Series.Sines(60, "a", "b");
        using var model = Series.Linear(Split((Series.Plan(4) with { Group = "Host" }).Windows(data), 0, 0.2));
        var problems = new List<DlException>();
        var rows = Enumerable.Range(0, 120).Where(i => i % 2 == 0 || i < 6).ToArray();
        var forecasts = Forecaster.Continue(model, data.Take(rows), 2, problems.Add);
        Assert.Equal(["a", "a"], forecasts.Select(forecast => forecast.Group));
        Assert.Equal("SeriesTooShort", Assert.Single(problems).Id);
        Assert.Contains("'b' has 3 steps", problems[0].Message);
    }

    [Fact]
    public void WhatIsNoSeriesIsRefused()
    {
        var data = Series.Sines(60, "a");
        using var model = Series.Linear(Split(Series.Plan(4).Windows(data), 0, 0.2));
        DataFiles.Fails("InvalidSeries", () => Forecaster.Continue(model, data, 0, e => throw e));
        DataFiles.Fails("InvalidSeries", () => Forecaster.Continue(model, data, int.MaxValue, e => throw e));
        DataFiles.Fails("ColumnNotFound", () => Forecaster.Continue(model, Sets.Line(), 1, e => throw e));
        using var line = new Model([new Dense { Units = 1 }]);
        DataFiles.Fails("ModelNotTrained", () => Forecaster.Continue(line, data, 1, e => throw e));
        Assert.Single(new Trainer(line, new TrainingOptions { Epochs = 1 }).Run(Sets.Line()));
        DataFiles.Fails("NotATimeSeries", () => Forecaster.Continue(line, data, 1, e => throw e));
        var wide = Series.Plan(6).Windows(data);
        DataFiles.Fails("WrongArrayShape", () => Evaluator.Measure(model, wide));
    }

    [Fact]
    public void SimpleForecastsAreMeasuredBesideTheModel()
    {
        // The value rises by 1, and every seventh step falls by 6. The last value is off by (6 * 1 + 6) / 7, the
        // value of the week before by 0.
        var daily = Series.Of(TimeSpan.FromDays(1), Enumerable.Range(0, 140).Select(i => (double)(i % 7)).ToArray());
        var split = Split(Series.Plan(3).Windows(daily), 0, 0.25);
        using var model = Series.Linear(split);
        var measured = Evaluator.Measure(model, split.Test!).Metrics()
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal(["MAE", "RMSE", "R2", "NaiveMAE", "SeasonalNaiveMAE", "MASE"], measured.Keys);
        var errors = Enumerable.Range(0, split.Test!.Count)
            .Select(row => Math.Abs(Series.Target(split.Test, row)[0] - Series.Window(split.Test, row)[^1]));
        Assert.Equal(errors.Average(), measured["NaiveMAE"], 1e-9);
        Assert.Equal(0, measured["SeasonalNaiveMAE"], 1e-9);
        Assert.Equal(7, split.Plan.Series!.Season);
        var steps = Enumerable.Range(1, split.Train.Count + 2).Average(i => Math.Abs(i % 7 - (i - 1) % 7));
        Assert.Equal(measured["MAE"] / steps, measured["MASE"], 1e-9);
    }

    [Fact]
    public void ASeasonMayBeGivenAndIsFoundWhereThereIsOne()
    {
        static int? Season(SeriesPlan plan, Dataset data) => DataPlan.Fit(plan.Windows(data)).Series!.Season;
        var day = Series.Hourly(Enumerable.Range(0, 500).Select(i => Math.Sin(2 * Math.PI * i / 24)).ToArray());
        Assert.Equal(24, Season(Series.Plan(2), day));
        Assert.Equal(5, Season(Series.Plan(2) with { Season = 5 }, day));
        Assert.Null(Season(Series.Plan(2), Series.Hourly(Series.Random(500, 2))));
        var week = Series.Hourly(Enumerable.Range(0, 1500)
            .Select(i => (i / 24 % 7 < 5 ? 2 : 0.5) * Math.Sin(2 * Math.PI * i / 24)).ToArray());
        Assert.Equal(168, Season(Series.Plan(2), week));
    }

    [Fact]
    public void HorizonsBeyondASeasonLookFurtherBack()
    {
        var data = Series.Hourly(Enumerable.Range(0, 100).Select(i => (double)i).ToArray());
        var split = Split((Series.Plan(4, horizon: 5) with { Season = 2 }).Windows(data), 0, 0.3);
        using var model = Series.Linear(split, horizon: 5);
        var measured = Evaluator.Measure(model, split.Test!).Metrics()
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal((1 + 2 + 3 + 4 + 5) / 5.0, measured["NaiveMAE"], 1e-9);
        Assert.Equal((2 + 2 + 4 + 4 + 6) / 5.0, measured["SeasonalNaiveMAE"], 1e-9);
    }

    [Fact]
    public void AModelFileKeepsThePlan()
    {
        using var files = new DataFiles();
        var data = Series.Sines(80, "a", "b");
        var plan = new SeriesPlan
        {
            Time = "Time", Value = "Value", Group = "Host",
            Length = 6, Horizon = 2, Stride = 2, Gap = GapRule.Hold, MaximumGap = 5, Season = 12,
        };
        var split = Split(plan.Windows(data), 0, 0.2);
        using var model = Series.Linear(split, horizon: 2);
        var path = Path.Combine(files.Folder, "m.dlmodel");
        ModelFile.Save(model, path);
        using var loaded = ModelFile.Load(path);
        Assert.Equal(model.Plan!.ToJson().ToJsonString(), loaded.Plan!.ToJson().ToJsonString());
        Assert.Equal("1h", loaded.Plan.Series!.Step!.ToString());
        var forecasts = Forecaster.Continue(model, data, 7, e => throw e);
        var again = Forecaster.Continue(loaded, data, 7, e => throw e);
        Assert.Equal(forecasts.Select(forecast => (forecast.Time, forecast.Group)),
            again.Select(forecast => (forecast.Time, forecast.Group)));
        Assert.Equal(forecasts.Select(forecast => forecast.Prediction), again.Select(forecast => forecast.Prediction));
        // A model of windows accepts rows too, and makes the windows.
        Assert.Equal(Evaluator.Measure(model, plan.Windows(data)).Loss, Evaluator.Measure(loaded, data).Loss);
    }

    [Theory]
    [InlineData("step", "1 blue moon", "InvalidFrequency")]
    [InlineData("gap", "Guess", "InvalidPlan")]
    [InlineData("length", 0, "InvalidSeries")]
    [InlineData("length", "long", "InvalidPlan")]
    [InlineData("time", null, "InvalidPlan")]
    [InlineData("time", "Value", "InvalidSeries")]
    [InlineData("features", "Users", "InvalidPlan")]
    public void ADamagedPlanIsRefused(string name, object? value, string id)
    {
        var json = DataPlan.Fit(Series.Plan(4).Windows(Series.Sines(30, "a"))).ToJson();
        var series = json["columns"]!.AsArray()
            .Select(column => column!["encoder"]?["series"]).First(found => found is not null)!;
        series[name] = JsonValue.Create(value);
        DataFiles.Fails(id, () => DataPlan.FromJson(JsonNode.Parse(json.ToJsonString())!));
    }

    [Fact]
    public void WindowsThatAreTooManyAreMadeReadyAPartAtATime()
    {
        var data = Series.Hourly(Series.Random(2000, 3));
        var windows = Series.Plan(24).Windows(data);
        using var model = Series.Linear(Split(windows, 0, 0.2));
        var few = Series.Plan(24).Windows(new Dataset(data.Name, data.Columns) { Budget = new MemoryBudget(200_000) });
        Assert.NotNull(few.Budget);
        Assert.Equal(Evaluator.Measure(model, windows).Loss, Evaluator.Measure(model, few).Loss, 1e-6);
    }

    /// <summary>A resumed training needs the same data. For windows, that is the steps that they cover.</summary>
    [Fact]
    public void TrainingIsKnownByTheStepsOfItsWindows()
    {
        var values = Series.Random(100, 3);
        JsonObject Print(double[] of) =>
            DataFingerprint.Of(Split(Series.Plan(5).Windows(Series.Hourly(of)), 0, 0.2).Train, null);
        var before = Print(values);
        Assert.Null(DataFingerprint.Difference(before, Print(values)));
        Assert.Null(DataFingerprint.Difference(before, Print([.. values[..90], .. Series.Random(10, 4)])));
        Assert.NotNull(DataFingerprint.Difference(before, Print([.. values[..50], 0, .. values[51..]])));
    }

    [Fact]
    public void NestedArraysAreWindowsToo()
    {
        var split = Split(Series.Plan(4).Windows(Series.Sines(60, "a")), 0, 0.2);
        using var model = Series.Linear(split);
        var column = split.Test!.Find("Window")!;
        var rows = Enumerable.Range(0, 3)
            .Select(row => new Dictionary<string, object?> { ["Window"] = column[row] }).ToArray();
        var windows = Predictor.Predict(model, split.Test!);
        var arrays = Predictor.Predict(model, model.Plan!.Rows(rows));
        for (var row = 0; row < 3; row++)
            Assert.Equal((double)windows[row].Value, (double)arrays[row].Value, 1e-4);
    }
}
