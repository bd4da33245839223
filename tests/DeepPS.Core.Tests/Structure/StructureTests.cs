using DeepPS.Catalog;

namespace DeepPS.Tests;

/// <summary>The order of Core's folders: each uses only those before it.</summary>
public sealed class StructureTests
{
    private static readonly string Core = typeof(CatalogItem).Assembly.Location;

    [Fact]
    public void EachFolderUsesOnlyThoseBeforeIt()
    {
        var wrong = Arrows.Wrong(Core, Arrows.Order);
        Assert.True(wrong.Count == 0, $"{wrong.Count} uses of a later folder:\n{string.Join('\n', wrong)}");
    }

    /// <summary>With two folders swapped, the check names a wrong use by type and member.</summary>
    [Fact]
    public void AWrongOrderIsFound()
    {
        string[] order = [.. Arrows.Order];
        var (data, layers) = (Array.IndexOf(order, "Data"), Array.IndexOf(order, "Catalog"));
        (order[data], order[layers]) = (order[layers], order[data]);
        Assert.Contains(Arrows.Wrong(Core, order),
            line => line.StartsWith("DeepPS.Data.Augmentation", StringComparison.Ordinal)
                && line.Contains(" uses DeepPS.Catalog.", StringComparison.Ordinal));
    }

    /// <summary>
    /// An assembly has no trace of constants and comments, but the using lines of a file name their folders.
    /// </summary>
    [Fact]
    public void NoFileNamesALaterFolder()
    {
        var core = Path.Combine(Repository.Root!.FullName, "src", "DeepPS.Core");
        var files = Arrows.Order
            .SelectMany(folder => Directory.GetFiles(Path.Combine(core, folder), "*.cs", SearchOption.AllDirectories)
                .Select(file => (folder, file, Lines: File.ReadAllLines(file)))).ToArray();
        Assert.All(files, file => Assert.Contains($"namespace DeepPS.{file.folder};", file.Lines));
        var later = files.SelectMany(file => file.Lines
            .Where(line => Arrows.Order.SkipWhile(folder => folder != file.folder).Skip(1)
                .Any(next => line == $"using DeepPS.{next};"))
            .Select(line => $"{file.file}: {line}"));
        Assert.Empty(later);
    }

    [Fact]
    public void EveryTypeIsInAFolderOfTheOrder() => Assert.All(
        typeof(CatalogItem).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("DeepPS", StringComparison.Ordinal) == true),
        type => Assert.Contains(type.Namespace!, Arrows.Order.Select(folder => $"DeepPS.{folder}")));
}
