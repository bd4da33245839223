using System.Reflection;
using System.Text.RegularExpressions;
using DeepPS.Commands;

namespace DeepPS.Tests;

/// <summary>The module in the checkout, and its cmdlets.</summary>
internal static partial class Module
{
    public static string Root { get; } = typeof(Module).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "RepositoryRoot").Value!;

    public static Assembly Assembly => typeof(NewDlLayerCommand).Assembly;

    public static IReadOnlyList<CmdletFace> Cmdlets { get; } = CmdletFace.All(Assembly);

    public static DocFile Docs { get; } = new(Path.ChangeExtension(Assembly.Location, ".xml"));

    public static string Manifest { get; } = File.ReadAllText(Path.Combine(Root, "DeepPS.psd1"));

    /// <summary>The names in a list of the manifest.</summary>
    public static IReadOnlyList<string> ManifestList(string key) => Quoted()
        .Matches(Regex.Match(Manifest, $@"{key}\s*=\s*@\((.*?)\)", RegexOptions.Singleline).Groups[1].Value)
        .Select(match => match.Groups[1].Value).ToArray();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
