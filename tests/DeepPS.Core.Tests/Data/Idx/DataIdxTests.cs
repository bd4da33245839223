using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class DataIdxTests : IDisposable
{
    private readonly DataFiles files = new();

    public void Dispose() => files.Dispose();

    private static byte[] Idx(int[] sizes, int? values = null, byte type = 8)
    {
        var header = new List<byte> { 0, 0, type, (byte)sizes.Length };
        foreach (var size in sizes)
            header.AddRange([(byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size]);
        var count = values ?? sizes.Aggregate(1, (product, size) => product * size);
        return [.. header, .. Enumerable.Range(0, count).Select(i => (byte)(i % 7))];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsImagesAndLabels(bool zipped)
    {
        byte[] Pack(byte[] bytes) => zipped ? DataFiles.Gzip(bytes) : bytes;
        var data = IdxReader.Read(files.Write("i", Pack(Idx([5, 2, 3]))), files.Write("l", Pack(Idx([5]))));
        var image = Assert.IsType<ImageColumn>(data.Find("Image"));
        Assert.Equal(new Shape(1, 2, 3), image.Shape);
        Assert.Equal(5, image.Count);
        Assert.Equal(new byte[] { 6, 0, 1, 2, 3, 4 }, image[1]);
        var label = Assert.IsType<CategoryColumn>(data.Label);
        Assert.Equal(["0", "1", "2", "3", "4"], label.Levels);
        Assert.Equal("3", label[3]);
    }

    [Fact]
    public void ReadsColourImagesWithoutLabels()
    {
        var data = IdxReader.Read(files.Write("i", Idx([2, 3, 4, 5])));
        Assert.Equal(new Shape(3, 4, 5), ((ImageColumn)data.Columns[0]).Shape);
        Assert.Null(data.Label);
    }

    [Theory]
    [InlineData("set-train-images-idx3-ubyte.gz", "set-train-labels-idx1-ubyte.gz")]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte")]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte")]
    public void FindsUsualNames(string images, string labels)
    {
        files.Write(images, Idx([2, 1, 1]));
        files.Write(labels, Idx([2]));
        Assert.Equal(2, IdxReader.ReadFolder(files.Folder, "train").Count);
        Assert.Equal(["Train"], IdxReader.Parts(files.Folder));
        DataFiles.Fails("FileNotFound", () => IdxReader.ReadFolder(files.Folder, "t10k"));
        files.Write("other-train-images-idx3-ubyte", Idx([2, 1, 1]));
        DataFiles.Fails("AmbiguousFile", () => IdxReader.ReadFolder(files.Folder, "train"));
    }

    [Fact]
    public void NotIdx()
    {
        DlException Fails(string id, byte[] bytes, byte[]? labels = null) => DataFiles.Fails(id,
            () => IdxReader.Read(files.Write("i", bytes), labels is null ? null : files.Write("l", labels)));
        Fails("NotIdx", "a,b\n1,2\n"u8.ToArray());
        Fails("NotIdx", [0, 0]);
        Fails("NotIdx", Idx([2, 2]));
        Fails("NotIdx", Idx([2, 2, 2], type: 0x0D));
        Fails("NotIdx", Idx([2, 2, 2])[..9]);
        Fails("NotIdx", Idx([2, 0, 2]));
        Fails("NotIdx", Idx([2, 2, 2]), labels: Idx([2, 2, 2]));
        Fails("EmptyFile", []);
    }

    [Fact]
    public void WrongCount()
    {
        DlException Fails(byte[] bytes, byte[]? labels = null) => DataFiles.Fails("WrongCount",
            () => IdxReader.Read(files.Write("i", bytes), labels is null ? null : files.Write("l", labels)));
        Fails(Idx([4, 2, 2], values: 15));
        Fails(Idx([4, 2, 2], values: 17));
        Fails(Idx([int.MaxValue, int.MaxValue, int.MaxValue], values: 3));
        Fails(DataFiles.Gzip(Idx([40000, 28, 28], values: 30)));
        Fails(DataFiles.Gzip(Idx([4, 2, 2], values: 15)));
        var error = Fails(Idx([4, 2, 2]), labels: Idx([5]));
        Assert.Contains("5 labels", error.Message);
    }

    [Fact]
    public void TruncatedGzip()
    {
        var zipped = DataFiles.Gzip(Idx([10, 9, 9]));
        for (var length = 2; length < zipped.Length; length++)
        {
            var path = files.Write("cut.gz", zipped[..length]);
            DataFiles.Fails("TruncatedGzip", () => IdxReader.Read(path));
        }
    }
}
