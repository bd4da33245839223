using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Hourly load of several servers: daily and weekly cycles, users that cause it, hours without a row.
/// </summary>
[CatalogEntry("ServerLoad")]
public sealed record ServerLoad : DatasetGenerator
{
    private const int HoursOfWeek = 168;
    private static readonly DateTime Monday = new(2024, 1, 1);

    /// <summary>Number of servers.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int Hosts { get; init; } = 4;

    /// <summary>Share of hours without a row.</summary>
    [Setting(Minimum = 0, Maximum = 0.5)]
    public double Missing { get; init; } = 0.02;

    /// <inheritdoc/>
    public override Dataset Generate(int seed)
    {
        var random = new SeededRandom(seed);
        var hosts = Enumerable.Range(0, Hosts).Select(_ => new Host(random)).ToArray();
        var (times, names) = (new long[Count], new int[Count]);
        var (users, loads) = (new double[Count], new double[Count]);
        for (int hour = 0, row = 0; row < Count; hour++)
            for (var host = 0; host < Hosts && row < Count; host++)
            {
                var (present, user, load) = hosts[host].At(hour, random, Missing);
                if (!present)
                    continue;
                (times[row], names[row], users[row], loads[row]) = (Monday.AddHours(hour).Ticks, host, user, load);
                row++;
            }

        return new Dataset("ServerLoad",
        [
            new TimeColumn("Time", times),
            new CategoryColumn("Host", names, Enumerable.Range(1, Hosts).Select(host => $"server{host:00}").ToArray()),
            new NumberColumn("Users", users), new NumberColumn("Load", loads),
        ], "Load");
    }

    /// <summary>One server: its amount of work, its cycles, and the work left from the hour before.</summary>
    private sealed class Host(SeededRandom random)
    {
        private const double Lasting = 0.7;
        private readonly double least = random.Uniform(8, 25);
        private readonly double most = random.Uniform(25, 45);
        private readonly double busiest = random.Uniform(12, 16);
        private readonly double weekend = random.Uniform(0.3, 0.7);
        private double backlog;
        private int down;

        public (bool Present, double Users, double Load) At(int hour, SeededRandom random, double missing)
        {
            var day = (1 + PortableMath.SinCosOfTurn((hour % 24 - busiest) / 24).Cosine) / 2;
            var traffic = day * (hour % HoursOfWeek >= 5 * 24 ? weekend : 1);
            backlog = Lasting * backlog + 2.5 * random.Normal();
            var users = Math.Max(0, Math.Round(400 * traffic + 15 * random.Normal()));
            var load = Math.Min(Math.Max(least + most * traffic + backlog + random.Normal(), 0), 100);
            // Half of the missing hours are single; the others are runs of a dozen.
            if (down == 0 && random.Uniform() < missing / 2)
                down = 1;
            else if (down == 0 && random.Uniform() < missing / 24)
                down = 12;
            var present = down == 0;
            down -= present ? 0 : 1;
            return (present, users, Math.Round(load, 1));
        }
    }
}
