using System.Globalization;
using System.Text.RegularExpressions;

namespace DeepPS.Bench;

/// <summary>
/// Images per second from files to standardised batches, compared with torchvision's DataLoader; above 1, DeepPS is
/// faster.
/// </summary>
internal static partial class ImageComparison
{
    private const string PeerScript = "../shared/peers/images_torchvision.py";

    /// <summary>Images generated without a folder: width, height, number.</summary>
    private static readonly (int Width, int Height, int Count)[] Folders = [(32, 32, 10_000), (500, 375, 512)];

    public static int Run(string? folder, Options options)
    {
        var peer = options.Peer == new Options().Peer ? PeerScript : options.Peer;
        if (!File.Exists(peer))
        {
            Console.Error.WriteLine($"The peer script '{peer}' is not there. Name it with --peer.");
            return 1;
        }

        Console.WriteLine(
            $"{Environment.ProcessorCount} cores; images per second, the best pass of {options.Rounds} rounds in turn");
        if (folder is not null)
        {
            Compare(folder, peer, options);
            return 0;
        }

        foreach (var (width, height, count) in Folders)
        {
            var made = Directory.CreateTempSubdirectory("deepps-images-");
            try
            {
                Child.Run(options.Python, ["bench/make_images.py", made.FullName, $"{width}", $"{height}", $"{count}"]);
                Console.WriteLine($"{count:N0} JPEG files of {width}x{height}");
                Compare(made.FullName, peer, options);
            }
            finally
            {
                made.Delete(recursive: true);
            }
        }

        return 0;
    }

    /// <summary>
    /// The peer with each number of workers that may be its best; ours as it is. Each round has a ratio of its own.
    /// </summary>
    private static void Compare(string folder, string peer, Options options)
    {
        var ratios = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            var ours = Best(Child.Run(Environment.ProcessPath!, ["stream", folder]));
            var peers = Enumerable.Range(0, Environment.ProcessorCount + 1)
                .Select(workers => Best(Child.Run(options.Python, [peer, folder, $"{workers}"]))).ToArray();
            ratios.Add(ours / peers.Max());
            var rates = string.Join(", ", peers.Select((rate, workers) => $"{workers} workers {rate:0}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  DeepPS {ours:0}, torchvision with {rates}: ratio {ratios[^1]:0.00}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  median ratio {Comparison.Median(ratios):0.00}"));
    }

    private static double Best(Child child) =>
        Rate().Matches(child.Output).Max(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(\d+)/s\s*$", RegexOptions.Multiline)]
    private static partial Regex Rate();
}
