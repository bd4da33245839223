using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Bench;

/// <summary>A generated table with numbers of four decimals and a category, and the time to read it.</summary>
internal static class TableFile
{
    /// <summary>Number of rows of 75 MB.</summary>
    public const int Rows = 400_000;

    private const int Numbers = 20;
    private static readonly string[] Levels = ["alpha", "beta", "gamma", "delta"];

    /// <summary>Writes the table; its last column, <c>label</c>, is the category.</summary>
    public static void Write(string path, int rows)
    {
        var random = new SeededRandom(1);
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
        writer.Write(string.Concat(Enumerable.Range(0, Numbers).Select(i => $"n{i},")) + "label\n");
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < Numbers; i++)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{random.Normal() * 150:0.0000},"));
            writer.Write(Levels[random.Below(Levels.Length)] + "\n");
        }
    }

    /// <summary>Loads all code that reads a table, with its first rows, as imports do for a Python script.</summary>
    public static void Load(string path, string label, int rows)
    {
        var few = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(few, File.ReadLines(path).Take(1 + rows));
            var data = CsvReader.Read(few, new CsvOptions { Label = label });
            DataPlan.Fit(data).Encode(data, withLabel: true);
        }
        finally
        {
            File.Delete(few);
        }
    }

    /// <summary>Reads a table, fits a plan and encodes it, and prints seconds and MB/s.</summary>
    public static void Measure(string path, string label)
    {
        var start = Stopwatch.GetTimestamp();
        var data = CsvReader.Read(path, new CsvOptions { Label = label });
        var read = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var plan = DataPlan.Fit(data);
        var fit = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var encoded = plan.Encode(data, withLabel: true);
        var total = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var megabytes = new FileInfo(path).Length / 1e6;
        var processor = Environment.CpuUsage.TotalTime.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"({encoded.Count}, {encoded.Inputs[0].Shape}) read {read:0.000}s fit {fit - read:0.000}s "
            + $"total {total:0.000}s {megabytes / total:0} MB/s, processor {processor:0.000}s, "
            + $"of that compiling {JitInfo.GetCompilationTime().TotalSeconds:0.000}s"));
    }
}
