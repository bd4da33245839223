using System.Globalization;

namespace DeepPS.Tests;

/// <summary>
/// The number of changed files to try: the environment variable DEEPPS_FUZZ, else a small number.
/// </summary>
internal static class FuzzCount
{
    private const int Usual = 2000;

    /// <summary>The number for each kind of file.</summary>
    public static int PerKind { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("DEEPPS_FUZZ"), CultureInfo.InvariantCulture, out var count)
            ? count : Usual;
}
