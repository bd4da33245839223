using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Small series made by hand, and the content of their windows.</summary>
internal static class Series
{
    public static readonly DateTime Start = new(2024, 1, 1);

    /// <summary>A series with the values given; NaN: its row is left out.</summary>
    public static Dataset Hourly(params double[] values) => Of(TimeSpan.FromHours(1), values);

    public static Dataset Of(TimeSpan step, params double[] values)
    {
        var rows = Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i])).ToArray();
        return new Dataset("series",
        [
            new TimeColumn("Time", rows.Select(i => (Start + i * step).Ticks).ToArray()),
            new NumberColumn("Value", rows.Select(i => values[i]).ToArray()),
        ]);
    }

    /// <summary>Numbers that do not repeat, the same for the same seed.</summary>
    public static double[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => Math.Round(random.NextDouble() * 100, 3)).ToArray();
    }

    /// <summary>A plan without calendar, so that windows hold only values.</summary>
    public static SeriesPlan Plan(int length, int horizon = 1) =>
        new() { Time = "Time", Value = "Value", Length = length, Horizon = horizon, Calendar = [] };

    public static double[] Window(Dataset windows, int row) =>
        ((double[][])windows.Find(SeriesPlan.WindowName)![row]!).SelectMany(step => step).ToArray();

    public static double[] Target(Dataset windows, int row) =>
        windows.Label![row] is double one ? [one] : ((float[])windows.Label[row]!).Select(x => (double)x).ToArray();

    public static DateTime Time(Dataset windows, int row) => (DateTime)windows.Columns[0][row]!;

    /// <summary>
    /// Sines with a season of 12 steps and different phases: the next value follows from the last two.
    /// </summary>
    public static Dataset Sines(int count, params string[] names)
    {
        var rows = Enumerable.Range(0, count * names.Length).ToArray();
        return new Dataset("sines",
        [
            new TimeColumn("Time", rows.Select(i => Start.AddHours(i / names.Length).Ticks).ToArray()),
            new CategoryColumn("Host", rows.Select(i => i % names.Length).ToArray(), names),
            new NumberColumn("Value", rows.Select(i => Sine(i / names.Length, i % names.Length)).ToArray()),
        ]);
    }

    public static double Sine(int step, int phase) => 50 + 10 * Math.Sin(2 * Math.PI * step / 12 + phase);

    /// <summary>A linear model that is solved, not trained.</summary>
    public static Model Linear(Split split, int horizon = 1)
    {
        var model = new Model([new Flatten(), new Dense { Units = horizon }]);
        foreach (var _ in new Trainer(model, new TrainingOptions { Optimizer = new NormalEquation(), Epochs = 1 })
            .Run(split.Train, null, split.Plan))
        {
        }

        return model;
    }
}
