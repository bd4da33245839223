using System.Diagnostics;
using System.Globalization;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Bench;

/// <summary>The time of one call of the smallest operator: the overhead of calling torch.</summary>
internal static class SmallAdd
{
    public const string PythonScript =
        "import torch,time\n"
        + "torch.set_num_threads(1)\n"
        + "a=torch.ones(1); b=torch.ones(1)\n"
        + "best=9e9\n"
        + "for _ in range(20):\n"
        + "    t=time.perf_counter()\n"
        + "    for _ in range(100000): a.add(b)\n"
        + "    best=min(best,time.perf_counter()-t)\n"
        + "print(f'add {best/1e5*1e9:.0f}')\n";

    public static void Measure()
    {
        TorchRuntime.Ensure();
        const int calls = 100_000;
        set_num_threads(1);
        using var a = ones(1);
        using var b = ones(1);
        var best = double.PositiveInfinity;
        for (var round = 0; round < 20; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++)
                a.add(b).Dispose();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"add {best:0}"));
    }
}
