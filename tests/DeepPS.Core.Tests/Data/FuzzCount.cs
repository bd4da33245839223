using System.Globalization;

namespace DeepPS.Tests;

/// <summary>
/// How many changed files are tried: what the environment variable DEEPPS_FUZZ says, else few enough for every day.
/// </summary>
internal static class FuzzCount
{
    private const int Usual = 2000;

    /// <summary>How many of each kind of file.</summary>
    public static int PerKind { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("DEEPPS_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : Usual;
}
