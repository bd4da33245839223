using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Measurements of servers and the failures they precede: categories, numbers, missing values, overlapping causes.
/// </summary>
[CatalogEntry("ServerMetrics", "Servers")]
public sealed record ServerMetrics : DatasetGenerator
{
    private static readonly string[] Failures = ["Normal", "Overload", "MemoryLeak", "DiskFull", "NetworkLoss"];
    private static readonly string[] Roles = ["web", "database", "cache", "worker", "gateway"];
    private static readonly string[] Regions = ["eu-west", "us-east", "us-west", "ap-south"];

    /// <summary>Share of rows without a failure.</summary>
    [Setting(Position = 1, Minimum = 0, Maximum = 1)]
    public double Healthy { get; init; } = 0.6;

    /// <summary>Share of missing latencies; other columns miss fewer values.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Missing { get; init; } = 0.03;

    /// <inheritdoc/>
    public override Dataset Generate(int seed)
    {
        var random = new SeededRandom(seed);
        string[] names = ["Hour", "Cpu", "Memory", "Disk", "Latency", "Errors", "Restarts", "Connections"];
        var numbers = names.Select(_ => new double[Count]).ToArray();
        var (roles, regions, failures) = (new int[Count], new int[Count], new int[Count]);
        for (var row = 0; row < Count; row++)
        {
            var sample = Draw(random);
            (roles[row], regions[row], failures[row]) = (sample.Role, sample.Region, sample.Failure);
            for (var i = 0; i < names.Length; i++)
                numbers[i][row] = sample.Numbers[i];
        }

        return new Dataset("ServerMetrics",
        [
            new CategoryColumn("Role", roles, Roles), new CategoryColumn("Region", regions, Regions),
            .. names.Select((name, i) => new NumberColumn(name, numbers[i])),
            new CategoryColumn("Failure", failures, Failures),
        ], "Failure");
    }

    private (int Role, int Region, int Failure, double[] Numbers) Draw(SeededRandom random)
    {
        var (role, region, hour) = (random.Below(Roles.Length), random.Below(Regions.Length), random.Below(24));
        var traffic = Clamp(0.45 + 0.3 * PortableMath.SinCosOfTurn((hour - 9) / 24.0).Sine + 0.12 * random.Normal(),
            0.02, 1);
        var failure = DrawFailure(role, region, traffic, random);

        // Each failure is caught at some stage of its course: early ones look much like a healthy server.
        double Stage(int of) => failure == of ? random.Uniform(0.25, 1) : 0;
        var (overload, leak, full, loss) = (Stage(1), Stage(2), Stage(3), Stage(4));

        var cpu = 12 + 50 * traffic + (role == 3 ? 12 : 0) + 38 * overload + 8 * leak + 9 * random.Normal();
        var memory = (role is 1 or 2 ? 62 : 45) + 14 * traffic + 42 * leak + 10 * overload + 9 * random.Normal();
        var disk = (role == 1 ? 62 : 42) + 45 * full + 12 * random.Normal();
        var latency = (role == 0 ? 40 : 18) * PortableMath.Exp(
            0.9 * traffic + 1.6 * overload + 0.7 * leak + 0.5 * full + 2.0 * loss + 0.35 * random.Normal());
        var errors = CountOf(0.4 + 7 * overload + 3 * leak + 8 * full + 10 * loss, random);
        var restarts = CountOf(0.1 + 2.5 * leak + 0.6 * full, random);
        var connections = Math.Round((role == 4 ? 420 : 160) * traffic * (1 + 0.9 * overload) * (1 - 0.75 * loss)
            * random.Uniform(0.75, 1.25));
        double[] numbers =
        [
            hour, Percent(cpu), Percent(memory), Percent(disk), Math.Round(latency, 1), errors, restarts, connections,
        ];
        if (random.Uniform() < Missing * (loss > 0 ? 6 : 1))
            numbers[4] = double.NaN;
        if (random.Uniform() < Missing / 2)
            numbers[3] = double.NaN;
        return (role, random.Uniform() < Missing / 3 ? -1 : region, failure, numbers);
    }

    /// <summary>
    /// Busy servers are overloaded, workers and caches leak, databases fill disks, far regions and gateways lose the
    /// network.
    /// </summary>
    private int DrawFailure(int role, int region, double traffic, SeededRandom random)
    {
        if (random.Uniform() < Healthy)
            return 0;
        ReadOnlySpan<double> weights =
        [
            3 * traffic * traffic, role is 2 or 3 ? 1.2 : 0.5, role == 1 ? 1.6 : 0.4,
                (region == 3 ? 0.8 : 0.35) * (role == 4 ? 2 : 1),
        ];
        var left = random.Uniform() * (weights[0] + weights[1] + weights[2] + weights[3]);
        var failure = 1;
        while (failure < weights.Length && left >= weights[failure - 1])
            left -= weights[failure++ - 1];
        return failure;
    }

    /// <summary>A whole number scattered around a mean, as counts are.</summary>
    private static double CountOf(double mean, SeededRandom random) =>
        Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * random.Normal()));

    private static double Percent(double value) => Math.Round(Clamp(value, 0, 100), 1);

    private static double Clamp(double value, double low, double high) => Math.Min(Math.Max(value, low), high);
}
