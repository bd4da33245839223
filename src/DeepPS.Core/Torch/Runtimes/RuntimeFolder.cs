using System.Reflection;
using TorchSharp;

namespace DeepPS.Torch;

/// <summary>The folders of installed runtimes: one for each TorchSharp version, device and platform, so that two
/// versions of DeepPS each find theirs.</summary>
public static class RuntimeFolder
{
    /// <summary>The environment variable that names a folder of runtimes to use instead of the user's, such as one for
    /// all users.</summary>
    public const string Variable = "DEEPPS_RUNTIME";

    /// <summary>The devices that a runtime can be made for, the preferred one first.</summary>
    internal static readonly string[] Devices = ["cuda", "cpu"];

    /// <summary>The version of TorchSharp, which the libraries must fit.</summary>
    internal static string TorchSharpVersion { get; } = typeof(torch).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The user's folder of runtimes: <c>%LOCALAPPDATA%\DeepPS\runtime</c>,
    /// <c>~/Library/Application Support/DeepPS/runtime</c>, or <c>$XDG_DATA_HOME/deepps/runtime</c> (default
    /// <c>~/.local/share</c>).</summary>
    public static string User
    {
        get
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (OperatingSystem.IsWindows())
                return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "DeepPS",
                    "runtime");
            if (OperatingSystem.IsMacOS())
                return Path.Combine(home, "Library", "Application Support", "DeepPS", "runtime");
            var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            return Path.Combine(Path.IsPathRooted(data) ? data : Path.Combine(home, ".local", "share"), "deepps",
                "runtime");
        }
    }

    /// <summary>The folder of runtimes that is used: that of <see cref="Variable"/>, or the user's.</summary>
    public static string Root => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } root
        ? Path.GetFullPath(root) : User;

    /// <summary>The folder of one runtime for this platform.</summary>
    /// <param name="root">The folder of runtimes.</param>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    internal static string Of(string root, string device) =>
        Path.Combine(root, $"torchsharp-{TorchSharpVersion}-{device}-{TorchPlatform.Current}");

    /// <summary>The folders in which the libraries are looked for, in this order.</summary>
    internal static IEnumerable<string> Candidates() => Devices.Select(device => Of(Root, device));
}
