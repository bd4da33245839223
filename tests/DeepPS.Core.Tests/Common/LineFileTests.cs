using DeepPS.Common;

namespace DeepPS.Tests;

/// <summary>Files to which lines are appended, after a crash and while others read them.</summary>
public sealed class LineFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();
    private readonly LineFile file;

    public LineFileTests() => file = new LineFile(path);

    public void Dispose() => File.Delete(path);

    [Fact]
    public void LinesAreAppendedWhileTheFileIsBeingRead()
    {
        Assert.True(file.IsEmpty);
        file.Append("one\n");
        using var reader = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Append("two\nthree ä\n");
        Assert.False(file.IsEmpty);
        Assert.Equal(["one", "two", "three ä"], File.ReadAllLines(path));
        file.Delete();
        Assert.True(file.IsEmpty);
    }

    [Theory]
    [InlineData("", null, "")]
    [InlineData("on", null, "")]
    [InlineData("one\n", "one", "one\n")]
    [InlineData("one\ntwö\nthr", "twö", "one\ntwö\n")]
    public void RepairCutsOffAnIncompleteLine(string text, string? last, string left)
    {
        File.WriteAllText(path, text);
        Assert.Equal(last, file.Repair());
        Assert.Equal(left, File.ReadAllText(path));
    }

    [Fact]
    public void TheEndsAreTheFirstAndTheLastCompleteLine()
    {
        Assert.Null(file.Ends());
        file.Append("header\n");
        Assert.Null(file.Ends());
        for (var i = 0; i < 20_000; i++)
            file.Append($"line {i}\n");
        file.Append("incompl");
        Assert.Equal(("header", "line 19999"), file.Ends());
        file.Delete();
        Assert.Null(file.Ends());
        Assert.Null(file.Repair());
    }
}
