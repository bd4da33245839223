using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DeepPS.Bench;

/// <summary>A finished process: its output, its duration and its peak memory.</summary>
internal sealed partial record Child(string Output, double Seconds, double PeakMegabytes)
{
    /// <summary>The epochs' seconds, in order.</summary>
    public double[] Epochs => EpochLine().Matches(Output)
        .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();

    public static Child Run(string file, IEnumerable<string> arguments,
        params (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0.0;
        while (!process.WaitForExit(20))
            peak = Math.Max(peak, PeakOf(process.Id));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return process.ExitCode == 0
            ? new Child(output.Result, seconds, peak)
            : throw new InvalidOperationException(
                $"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output.Result}");
    }

    /// <summary>
    /// The largest resident set of the process or of one that it started, as <c>dotnet tool run</c> does: the kernel's
    /// own record, so no moment between two looks is missed.
    /// </summary>
    private static double PeakOf(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status")
                .FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            var kilobytes = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] ?? "0";
            var own = double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024;
            var children = File.ReadAllText($"/proc/{id}/task/{id}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return children.Select(child => PeakOf(int.Parse(child, CultureInfo.InvariantCulture))).Append(own).Max();
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [GeneratedRegex(@"^epoch \d+ ([\d.]+)s", RegexOptions.Multiline)]
    private static partial Regex EpochLine();
}
