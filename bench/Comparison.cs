using System.Globalization;

namespace DeepPS.Bench;

/// <summary>Runs DeepPS and its peers alternately and prints ratios; below 1, DeepPS is faster or smaller.</summary>
internal static class Comparison
{
    private static readonly string Self = Environment.ProcessPath!;
    private static readonly int Cores = Environment.ProcessorCount;
    private static readonly int[] ThreadCounts = [.. new[] { 1, Cores }.Distinct()];
    private static readonly (int Torch, int Matrix)[] PeerThreads = [(1, 1), (1, Cores), (Cores, 1)];

    public static int Run(Options options)
    {
        if (!File.Exists(options.Peer) || !Directory.Exists(options.Data))
        {
            Console.Error.WriteLine(
                $"The peer script '{options.Peer}' or the MNIST folder '{options.Data}' does not exist. Set them with "
                + "--peer and --data.");
            return 1;
        }

        Console.WriteLine(
            $"{Cores} cores; median seconds per epoch, {options.Rounds} alternating rounds of {options.Epochs} epochs");
        Console.WriteLine();
        Row("", "DeepPS", "peer", "ratio");
        foreach (var model in options.Models)
            Compare(model, options.Rounds, threads => Ours(model, options, threads),
                [("plain TorchSharp", Plain(model, options)), ("PyTorch", Peer(model, options))]);
        WholeProcess(options);
        Add(options);
        return 0;
    }

    /// <summary>Compares the networks of <see cref="Blocks"/>.</summary>
    public static int RunBlocks(Options options)
    {
        Console.WriteLine(
            $"{Cores} cores; median seconds per 20 training steps over {options.Rounds} rounds of {options.Epochs} "
            + "times 20, alternating");
        Console.WriteLine();
        Row("", "DeepPS", "peer", "ratio");
        var chosen = options.Models.Intersect(Blocks.Names).ToArray();
        foreach (var block in chosen.Length > 0 ? chosen : Blocks.Names)
            Compare(block, options.Rounds, threads => OursBlock(block, options, threads),
                [("PyTorch", PeerBlock(block, options))]);
        return 0;
    }

    /// <summary>
    /// Measures DeepPS with one thread and with its own choice, and each peer with one thread (its first setting) and
    /// with its others, alternately; then compares each at its best.
    /// </summary>
    private static void Compare(string name, int rounds, Func<int?, double[]> ours,
        (string Name, Func<double[]>[] Settings)[] peers)
    {
        List<double> one = [], chosen = [];
        var measured = peers.Select(peer => peer.Settings.Select(_ => new List<double>()).ToArray()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            one.AddRange(ours(1));
            chosen.AddRange(ours(null));
            foreach (var (peer, seconds) in peers.Zip(measured))
                foreach (var (run, list) in peer.Settings.Zip(seconds))
                    list.AddRange(run());
        }

        foreach (var (peer, seconds) in peers.Zip(measured))
        {
            Row($"{name}, 1 thread each, {peer.Name}", Median(one), Median(seconds[0]), "s");
            Row($"{name}, each at its best, {peer.Name}", Math.Min(Median(one), Median(chosen)), seconds.Min(Median),
                "s");
        }
    }

    private static void WholeProcess(Options options)
    {
        List<Child> ours = [], peers = [], loaders = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            ours.Add(FivePowerShellEpochs(options));
            peers.Add(Child.Run(options.Python, [options.Peer, options.Data, "mlp512", "sliced", "5"]));
            loaders.Add(Child.Run(options.Python, [options.Peer, options.Data, "mlp512", "loader", "5"]));
        }

        Row("mlp512, process start to end of 5 epochs", Median(ours.Select(c => c.Seconds)),
            Median(peers.Select(c => c.Seconds)), "s");
        Row("the same, peer with a DataLoader", Median(ours.Select(c => c.Seconds)),
            Median(loaders.Select(c => c.Seconds)), "s");
        Row("mlp512, peak memory", Median(ours.Select(c => c.PeakMegabytes)),
            Median(peers.Select(c => c.PeakMegabytes)), "MB");
    }

    private static void Add(Options options)
    {
        var ours = Child.Run(Self, ["add"]);
        var peer = Child.Run(options.Python, ["-c", SmallAdd.PythonScript]);
        Row("1-element add", Number(ours), Number(peer), "ns");

        static double Number(Child child) => double.Parse(child.Output.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// A step of each optimizer, with one thread for both (in processor time) and with all cores for both.
    /// </summary>
    public static void Optimizers(Options options)
    {
        Console.WriteLine(
            $"{Cores} cores; best milliseconds per step on 20 parameters of 50,000 values, "
            + $"{options.Rounds} alternating rounds");
        Console.WriteLine();
        Row("", "DeepPS", "PyTorch", "ratio");
        foreach (var threads in new[] { 1, Cores }.Distinct())
        {
            Dictionary<string, double> ours = [], peers = [];
            for (var round = 0; round < options.Rounds; round++)
            {
                Best(ours, Child.Run(Self, ["step", $"{threads}"]));
                Best(peers, Child.Run(options.Python, ["-c", OptimizerSteps.Python, $"{threads}"]));
            }

            foreach (var (name, milliseconds) in ours)
                Row($"{name}, {threads} thread{(threads == 1 ? "" : "s")} each", milliseconds, peers[name], "ms");
        }

        static void Best(Dictionary<string, double> best, Child child)
        {
            foreach (var pair in child.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('=')))
                best[pair[0]] = Math.Min(best.GetValueOrDefault(pair[0], double.PositiveInfinity),
                    double.Parse(pair[1], CultureInfo.InvariantCulture));
        }
    }

    /// <summary>
    /// From a CSV file to a matrix and label codes: ours and a peer script's, each in a process of its own.
    /// </summary>
    public static void Tables(string path, string label, string peer, int pairs)
    {
        const int fewRows = 1000;
        List<Child> ours = [], loaded = [], peers = [];
        for (var pair = 0; pair < pairs; pair++)
        {
            ours.Add(Child.Run(Self, ["csv", path, label]));
            loaded.Add(Child.Run(Self, ["csv", path, label, $"{fewRows}"]));
            peers.Add(Child.Run(new Options().Python, [peer, path, label]));
        }

        Console.WriteLine(
            $"{Cores} cores; medians of {pairs} pairs, in turn; a file of {new FileInfo(path).Length / 1e6:0} MB");
        Console.WriteLine();
        Row("", "DeepPS", "peer", "ratio");
        Row("CSV file to matrix and label codes", Median(ours.Select(Total)), Median(peers.Select(Total)), "s");
        Row($"the same, ours after {fewRows} rows", Median(loaded.Select(Total)), Median(peers.Select(Total)), "s");
        Row("the same as a whole process", Median(ours.Select(c => c.Seconds)), Median(peers.Select(c => c.Seconds)),
            "s");
        Row("peak memory", Median(ours.Select(c => c.PeakMegabytes)), Median(peers.Select(c => c.PeakMegabytes)), "MB");

        static double Total(Child child) =>
            double.Parse(child.Output.Split("total ")[1].Split('s')[0], CultureInfo.InvariantCulture);
    }

    private static double[] Ours(string model, Options options, int? threads) =>
        Child.Run(Self, ["train", model, options.Data, $"{options.Epochs}", .. Optional(threads)]).Epochs;

    private static Func<double[]>[] Plain(string model, Options options) => ThreadCounts.Select(threads =>
        new Func<double[]>(() => Child.Run(
            Self, ["plain", model, options.Data, $"{options.Epochs}", $"{threads}"]).Epochs)).ToArray();

    /// <summary>
    /// PyTorch of Debian has a pool of threads for its operators and one for its matrix library: each with all cores in
    /// turn.
    /// </summary>
    private static Func<double[]>[] Peer(string model, Options options) =>
        PeerThreads.Select(threads => new Func<double[]>(() => Child.Run(
            options.Python, [options.Peer, options.Data, model, "sliced", $"{options.Epochs}", $"{threads.Torch}"],
            Matrix(threads.Matrix)).Epochs)).ToArray();

    // The first epoch of a process is slower on both sides.
    private static double[] OursBlock(string block, Options options, int? threads) =>
        Child.Run(Self, ["block", block, $"{options.Epochs + 1}", .. Optional(threads)]).Epochs[1..];

    private static string[] Optional(int? threads) => threads is null ? [] : [$"{threads}"];

    private static Func<double[]>[] PeerBlock(string block, Options options) =>
        PeerThreads.Select(threads => new Func<double[]>(() => Child.Run(
            options.Python, ["bench/torch_blocks.py", block, $"{options.Epochs + 1}", $"{threads.Torch}"],
            Matrix(threads.Matrix)).Epochs[1..])).ToArray();

    private static (string, string) Matrix(int threads) => ("GOTO_NUM_THREADS", $"{threads}");

    /// <summary>PowerShell as an installed one starts: <c>dotnet tool run</c> first looks the tool up, for 0.15
    /// s.</summary>
    private static readonly Lazy<string> PowerShell = new(() => Child.Run("dotnet",
        ["tool", "run", "pwsh", "--", "-NoProfile", "-Command", "Join-Path $PSHOME pwsh.dll"]).Output.Trim());

    private static Child FivePowerShellEpochs(Options options)
    {
        var csv = Path.GetTempFileName();
        try
        {
            return Child.Run("dotnet",
                [PowerShell.Value, "-NoProfile", "-NonInteractive", "-File", "examples/mnist.ps1", "-Path",
                    options.Data, "-Csv", csv]);
        }
        finally
        {
            File.Delete(csv);
        }
    }

    /// <summary>The median.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Row(string name, double ours, double peer, string unit) => Row(name,
        string.Create(CultureInfo.InvariantCulture, $"{ours:0.00} {unit}"),
        string.Create(CultureInfo.InvariantCulture, $"{peer:0.00} {unit}"),
        string.Create(CultureInfo.InvariantCulture, $"{ours / peer:0.00}"));

    private static void Row(string name, string ours, string peer, string ratio) =>
        Console.WriteLine($"{name,-44} {ours,12} {peer,12} {ratio,7}");
}
