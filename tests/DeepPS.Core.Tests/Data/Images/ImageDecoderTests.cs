using System.Text;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class ImageDecoderTests : IDisposable
{
    private readonly DataFiles files = new();

    public void Dispose() => files.Dispose();

    private static byte[] Sample(string name) => File.ReadAllBytes(ImageGoldenTests.PathOf(name));

    private DlException Fails(string id, byte[] bytes, string name = "a.png") => DataFiles.Fails(id, () =>
    {
        var path = files.Write(name, bytes);
        var preparation = new ImagePreparation { Size = new ImageSize(4, 4) };
        preparation.Load(path, preparation.ShapeOf(path), new byte[48]);
    });

    [Theory]
    [InlineData("rgb8.png")]
    [InlineData("grey16.png")]
    [InlineData("rgb0.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("rgb.bmp")]
    [InlineData("palette.bmp")]
    [InlineData("packed.bmp")]
    [InlineData("lossless.webp")]
    [InlineData("lossy.webp")]
    [InlineData("rgb.gif")]
    [InlineData("rows.gif")]
    [InlineData("rgb.ppm")]
    [InlineData("rgb_text.ppm")]
    [InlineData("bits.pbm")]
    public void AFileThatWasCutShortIsNoImage(string name)
    {
        var whole = Sample(name);
        foreach (var share in new[] { 0.3, 0.6, 0.9 })
            Fails("InvalidImage", whole[..(int)(share * whole.Length)]);
    }

    [Fact]
    public void AnErrorNamesTheFileAndWhatItIs()
    {
        Assert.Contains("GIF", Fails("InvalidImage", [.. "GIF89a"u8, .. new byte[40]], "picture.png").Message);
        Assert.Contains("WebP", Fails("InvalidImage", [.. "RIFF1234WEBPVP8 "u8, .. new byte[40]]).Message);
        var error = Fails("InvalidImage", "a,b\n1,2\n"u8.ToArray(), "table.jpg");
        Assert.Contains("table.jpg", error.Message);
        Assert.Contains("JPEG, PNG, BMP, WebP, GIF, PNM", error.Message);
        Assert.Contains("TIFF", Fails("InvalidImage", [.. "II*\0"u8, .. new byte[40]]).Message);
        Fails("EmptyFile", []);
        DataFiles.Fails("FileNotFound", () => new ImagePreparation().ShapeOf(Path.Combine(files.Folder, "none.jpg")));
    }

    [Fact]
    public void ASizeIsCheckedBeforeRoomIsMadeForIt()
    {
        byte[] png = Sample("rgb8.png"), bmp = Sample("rgb.bmp"), jpg = Sample("rgb0.jpg");
        byte[] gif = Sample("rgb.gif"), webp = Sample("lossless.webp"), packed = Sample("packed.bmp");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("megapixels", Fails("InvalidImage", Encoding.ASCII.GetBytes("P6 40000 40000 "
            + "255\n12345678")).Message);
        Assert.Contains("cut short", Fails("InvalidImage",
            Encoding.ASCII.GetBytes("P6 9000 9000 255\n12345678")).Message);
        var huge = (byte[])png.Clone();
        new byte[] { 0x7F, 0xFF, 0xFF, 0xFF }.CopyTo(huge, 16);
        Assert.Contains("damaged", Fails("InvalidImage", huge).Message);
        new byte[] { 0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10 }.CopyTo(png, 16);
        PngSums.Mend(png);
        Assert.Contains("10000x10000", Fails("InvalidImage", png).Message);
        new byte[] { 0x10, 0x27, 0x10, 0x27 }.CopyTo(gif, 6);
        Assert.Contains("10000x10000", Fails("InvalidImage", gif).Message);
        // 14 bits each of width and height, less one, after the mark of a lossless image.
        BitConverter.GetBytes((9999u << 14) | 9999 | (BitConverter.ToUInt32(webp, 21) & 0xF0000000)).CopyTo(webp, 21);
        Assert.Contains("10000x10000", Fails("InvalidImage", webp).Message);
        new byte[] { 0x10, 0x27, 0, 0, 0x10, 0x27, 0, 0 }.CopyTo(packed, 18);
        Assert.Contains("cut short", Fails("InvalidImage", packed).Message);
        new byte[] { 0x10, 0x27, 0, 0, 0x10, 0x27, 0, 0 }.CopyTo(bmp, 18);
        Assert.Contains("cut short", Fails("InvalidImage", bmp).Message);
        var frame = jpg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        new byte[] { 0x20, 0, 0x0B, 0 }.CopyTo(jpg, frame + 5);
        Assert.Contains("2816x8192", Fails("InvalidImage", jpg).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void APngWhosePixelsAreOfAnotherSizeThanItSaysIsNoImage()
    {
        // The row of a colour that the palette lacks, and rows that end early.
        var png = Sample("palette8.png");
        png[^30] ^= 0x55;
        Assert.Contains("damaged", Fails("InvalidImage", png).Message);
    }

    [Fact]
    public void AJpegIsTakenWhereItsPixelsAreWhole()
    {
        var jpg = Sample("rgb0.jpg");
        var frame = jpg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        var path = files.Write("odd.jpg", [.. jpg[..frame], 1, 2, 3, .. jpg[frame..]]);
        byte[] odd = new byte[3 * 17 * 23], usual = new byte[odd.Length];
        new ImagePreparation().Load(path, new Shape(3, 17, 23), odd);
        new ImagePreparation().Load(ImageGoldenTests.PathOf("rgb0.jpg"), new Shape(3, 17, 23), usual);
        Assert.Equal(usual, odd);
        var damaged = (byte[])jpg.Clone();
        damaged.AsSpan(jpg.Length * 3 / 4, 40).Fill(0xFF);
        damaged[jpg.Length * 3 / 4 + 40] = 0x42;
        Assert.Contains("marker 42", Fails("InvalidImage", damaged).Message);
        Assert.Contains("cut short", Fails("InvalidImage", jpg[..^2]).Message);
    }

    [Fact]
    public void AnAnimationIsTakenWhereItsFirstPictureIsWhole()
    {
        foreach (var name in new[] { "frames.gif", "frames.webp" })
        {
            byte[] whole = Sample(name), first = new byte[3 * 17 * 23], usual = new byte[first.Length];
            var cut = files.Write(name, whole[..(whole.Length * 3 / 4)]);
            new ImagePreparation().Load(cut, new Shape(3, 17, 23), first);
            new ImagePreparation().Load(ImageGoldenTests.PathOf(name), new Shape(3, 17, 23), usual);
            Assert.Equal(usual, first);
            Fails("InvalidImage", whole[..(whole.Length / 3)]);
        }
    }

    [Fact]
    public void ManyThreadsReadAtOnce()
    {
        string[] names = ["rgb0.jpg", "profile.jpg", "linear.png", "profile.png", "rgb.gif", "lossy.webp", "rgb.bmp"];
        byte[] Load(int i)
        {
            var pixels = new byte[3 * 17 * 23];
            new ImagePreparation().Load(ImageGoldenTests.PathOf(names[i % names.Length]), new Shape(3, 17, 23), pixels);
            return pixels;
        }

        var alone = Enumerable.Range(0, names.Length).Select(Load).ToArray();
        var eight = new ParallelOptions { MaxDegreeOfParallelism = 8 };
        Parallel.For(0, 4000, eight, i => Assert.Equal(alone[i % names.Length], Load(i)));
    }

    [Fact]
    public void ATableIsNoImage()
    {
        foreach (var text in new[] { "P1,P2\n1,2\n", "P5 \nx\n", "BM,AB\n1,2\n", "P3\nab\n" })
            Assert.False(ImageSetReader.IsImage(files.Write("table.csv", text)), text);
        Assert.True(ImageSetReader.IsImage(files.Write("image.csv", "P1\n2 1\n0 1\n")));
        Assert.True(ImageSetReader.IsImage(files.Write("broken.jpg", "text")));
    }

    [Fact]
    public void ImagesOfOneSizeNeedThatSize()
    {
        var path = files.Write("a.pgm", "P2 2 1 255 0 9");
        var preparation = new ImagePreparation();
        Assert.Equal(new Shape(3, 1, 2), preparation.ShapeOf(path));
        var error = DataFiles.Fails("WrongImageSize", () => preparation.Load(path, new Shape(3, 2, 1), new byte[6]));
        Assert.Contains("2x1", error.Message);
    }

    [Fact]
    public void ALineOfPixelsMayBeAsLongAsItLikes()
    {
        var line = files.Write("line.pgm", [.. Encoding.ASCII.GetBytes("P5 1 1000000 255\n"),
            .. Enumerable.Range(0, 1_000_000).Select(i => (byte)(i / 4000))]);
        var preparation = new ImagePreparation { Size = new ImageSize(8, 6), Mode = ImageMode.Grey };
        var pixels = new byte[48];
        preparation.Load(line, new Shape(1, 8, 6), pixels);
        Assert.All(pixels, pixel => Assert.InRange(pixel, 124, 126));
        (preparation with { Fit = ImageFit.Letterbox }).Load(line, new Shape(1, 8, 6), pixels);
        Assert.Equal(8, pixels.Count(pixel => pixel > 0));
    }
}
