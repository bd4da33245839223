using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class ImageSetTests : IDisposable
{
    private readonly DataFiles files = new();
    private readonly List<string> warnings = [];

    public void Dispose() => files.Dispose();

    private ImageSetOptions Options => new() { Warn = text => { lock (warnings) warnings.Add(text); } };

    /// <summary>A grey image whose pixels are all of one brightness.</summary>
    private string Image(string name, byte brightness, int width = 4, int height = 3)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(files.Folder, name))!);
        return files.Write(name, [.. System.Text.Encoding.ASCII.GetBytes($"P5 {width} {height} "
            + "255\n"), .. Enumerable.Repeat(brightness, width * height)]);
    }

    private static byte[] Brightness(Dataset data) =>
        Enumerable.Range(0, data.Count).Select(i => ((byte[])data.Columns.OfType<ImageColumn>().Single()[i]!)[0])
            .ToArray();

    [Fact]
    public void AFolderOfFoldersHasAClassForEach()
    {
        for (byte i = 0; i < 40; i++)
            Image($"{(i % 2 == 0 ? "dog" : "cat")}/{i / 20}/{i:00}.pgm", i);
        files.Write("cat/notes.txt", "not an image");
        files.Write("cat/.hidden.jpg", "not looked at");
        var data = ImageSetReader.ReadFolder(files.Folder, "Train", Options);
        Assert.Equal(40, data.Count);
        Assert.Equal(new Shape(3, 3, 4), ((ImageColumn)data.Columns[0]).Shape);
        Assert.Equal(["cat", "dog"], ((CategoryColumn)data.Label!).Levels);
        Assert.Equal("Label", data.Label!.Name);
        foreach (var (row, brightness) in Brightness(data).Index())
            Assert.Equal(brightness % 2 == 0 ? "dog" : "cat", data.Label[row]);
        Assert.Empty(warnings);
    }

    [Fact]
    public void AFolderOfPartsIsReadByPart()
    {
        Image("train/a/1.pgm", 1);
        Image("train/b/2.pgm", 2);
        Image("val/b/3.pgm", 3);
        Image("Testing/b/4.pgm", 4);
        Assert.Equal(PartNames.All, ImageSetReader.Parts(files.Folder));
        Assert.Equal(2, ImageSetReader.ReadFolder(files.Folder, "Train", Options).Count);
        Assert.Equal(new byte[] { 3 }, Brightness(ImageSetReader.ReadFolder(files.Folder, "Validation", Options)));
        Assert.Equal(new byte[] { 4 }, Brightness(ImageSetReader.ReadFolder(files.Folder, "Test", Options)));
        Directory.Delete(Path.Combine(files.Folder, "Testing"), recursive: true);
        Assert.Equal(["Train", "Validation"], ImageSetReader.Parts(files.Folder));
        DataFiles.Fails("FileNotFound", () => ImageSetReader.ReadFolder(files.Folder, "Test", Options));
        Image("validation/b/5.pgm", 5);
        DataFiles.Fails("AmbiguousPart", () => ImageSetReader.Parts(files.Folder));
        Image("cat/6.pgm", 6);
        Assert.Empty(ImageSetReader.Parts(files.Folder));
    }

    [Fact]
    public void AFolderOfImagesHasNoLabel()
    {
        DataFiles.Fails("NoImages", () => ImageSetReader.ReadFolder(files.Folder, "Train", Options));
        Image("2.pgm", 2);
        Image("1.pgm", 1);
        var data = ImageSetReader.ReadFolder(files.Folder, "Train", Options);
        Assert.Equal(new byte[] { 1, 2 }, Brightness(data));
        Assert.Null(data.Label);
        Assert.Single(data.Columns);
    }

    [Fact]
    public void ABrokenFileIsNamedAndLeftOut()
    {
        ImageFile[] images =
        [
            new(files.Write("bad.png", "text"), "a"), new(Image("1.pgm", 1), "a"),
                new(files.Write("empty.jpg", ""), "b"),
            new(Image("2.pgm", 2), "c"), new(Path.Combine(files.Folder, "absent.pgm"), "c"),
        ];
        var data = ImageSetReader.ReadFiles("set", images, Options);
        Assert.Equal(new byte[] { 1, 2 }, Brightness(data));
        Assert.Equal(["a", "c"], Enumerable.Range(0, 2).Select(row => data.Label![row]));
        Assert.Equal(3, warnings.Count);
        Assert.All(["bad.png", "empty.jpg", "absent.pgm"],
            name => Assert.Contains(warnings, warning => warning.Contains(name)));
        DataFiles.Fails("InvalidImage", () => ImageSetReader.ReadFiles("set", images, Options with { Strict = true }));
        DataFiles.Fails("EmptyFile", () => ImageSetReader.ReadFiles(
            "set", images[1..], Options with { Strict = true }));
        DataFiles.Fails("NoImages", () => ImageSetReader.ReadFiles("set", [images[0]], Options));
        DataFiles.Fails("NoImages", () => ImageSetReader.ReadFiles("set", [], Options));
    }

    [Fact]
    public void SizesThatDifferAreNamed()
    {
        var images = Enumerable.Range(0, 30)
            .Select(i => new ImageFile(Image($"{i:00}.pgm", (byte)i, i < 20 ? 4 : 5), null)).ToArray();
        var error = DataFiles.Fails("ImageSizesDiffer", () => ImageSetReader.ReadFiles("set", images, Options));
        Assert.Contains("2 sizes", error.Message);
        Assert.Contains("4x3 (20, such as 00.pgm), 5x3 (10, such as 20.pgm)", error.Message);
        Assert.Contains("-ImageSize", error.Message);
        var preparation = new ImagePreparation { Size = new ImageSize(2, 2), Mode = ImageMode.Grey };
        Assert.Equal(new Shape(1, 2, 2), ((ImageColumn)ImageSetReader.ReadFiles(
            "set", images, Options with { Preparation = preparation }).Columns[0]).Shape);
    }

    [Fact]
    public void AColumnOfPathsBecomesItsImages()
    {
        Image("a/1.pgm", 1);
        Image("2.pgm", 2);
        var table = new Dataset("table",
            [new CategoryColumn("file", [0, 1, -1, 2, 3], ["a/1.pgm", Image("3.pgm", 3), "none.pgm", "2.pgm"]),
                new NumberColumn("age", [1, 2, 3, 4, 5])], "age");
        var data = ImageSetReader.ReadColumn(table, "FILE", [Path.Combine(files.Folder, "a"), files.Folder], Options);
        Assert.Equal(new byte[] { 1, 3, 2 }, Brightness(data));
        Assert.Equal(["file", "age"], data.Columns.Select(column => column.Name));
        Assert.Equal([1, 2, 5], ((NumberColumn)data.Label!).Values.ToArray());
        Assert.Equal(2, warnings.Count);
        DataFiles.Fails("ColumnNotFound", () => ImageSetReader.ReadColumn(table, "path", [], Options));
        DataFiles.Fails("WrongColumnKind", () => ImageSetReader.ReadColumn(table, "age", [], Options));
    }

    [Fact]
    public void ReadingEndsWhenItIsCancelled()
    {
        var images = Enumerable.Range(0, 50).Select(i => new ImageFile(Image($"{i}.pgm", 1), null)).ToArray();
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            ImageSetReader.ReadFiles("set", images, Options with { Progress = _ => cancel.Cancel() }, cancel.Token));
    }

    [SharedDataFact]
    public void RealImagesHaveTheirClasses()
    {
        var data = ImageSetReader.ReadFolder(SharedData.PathOf("cifar10-sample"), "Test", Options);
        Assert.Equal(200, data.Count);
        Assert.Equal(new Shape(3, 32, 32), ((ImageColumn)data.Columns[0]).Shape);
        Assert.Equal(10, ((CategoryColumn)data.Label!).Levels.Count);
        Assert.All(Enumerable.Range(0, 200), row =>
            Assert.Equal(((CategoryColumn)data.Label).Levels[row / 20], data.Label[row]));
    }
}
