namespace DeepPS.Tests;

/// <summary>The rules of .editorconfig that no formatter checks.</summary>
public sealed class SourceTests
{
    private const int Columns = 120;
    private static readonly string[] Kinds = [".cs", ".ps1", ".psm1", ".psd1", ".ps1xml", ".py", ".sh", ".md"];
    private static readonly string[] Built = ["bin", "obj", "artifacts", "runs", ".git"];

    /// <summary>A line of a table, of an address or of data cannot be wrapped.</summary>
    [Fact]
    public void LinesHave120ColumnsAtMost()
    {
        var longer = Files(new DirectoryInfo(Module.Root))
            .SelectMany(file => File.ReadLines(file.FullName).Index()
                .Where(line => line.Item.Length > Columns && !IsOfOnePiece(line.Item))
                .Select(line => $"{Path.GetRelativePath(Module.Root, file.FullName)}:{line.Index + 1}: "
                    + $"{line.Item.Length} columns"));
        Assert.Empty(longer);
    }

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) => folder.EnumerateFiles()
        .Where(file => Kinds.Contains(file.Extension))
        .Concat(folder.EnumerateDirectories().Where(inner => !Built.Contains(inner.Name)).SelectMany(Files));

    private static bool IsOfOnePiece(string line) => line.StartsWith('|') || !line.TrimStart().Contains(' ');
}
