using System.Text.RegularExpressions;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using SkiaSharp;

namespace DeepPS.Tests;

public sealed class SampleSheetTests : IDisposable
{
    private const int Gap = 8, TextGap = 2, Line = SheetText.LineHeight;
    private readonly DataFiles files = new();

    public void Dispose() => files.Dispose();

    /// <summary>Images of 2 x 3 pixels whose upper left pixel is brighter than the others.</summary>
    private static Dataset Small(int count, int channels = 1, params string[] classes)
    {
        var shape = new Shape((long)channels, 2, 3);
        var pixels = Enumerable.Range(0, count).SelectMany(image => Enumerable.Range(0, channels)
            .SelectMany(channel => Enumerable.Range(0, 6)
                .Select(i => (byte)(i == 0 ? 250 : 10 * image + channel)))).ToArray();
        var levels = classes.Length == 0 ? ["cat", "dog", "frog"] : classes;
        var codes = Enumerable.Range(0, count).Select(i => i % levels.Length).ToArray();
        var label = new CategoryColumn("Label", codes, levels);
        return new Dataset("small", [new ImageColumn("Image", pixels, shape), label], "Label");
    }

    private Sheet Draw(Dataset data, IReadOnlyList<int> rows, SampleSheetOptions? options = null)
    {
        var path = Path.Combine(files.Folder, "sheet.png");
        SampleSheet.Write(path, data, rows, options);
        return new Sheet(PngReader.Read(File.ReadAllBytes(path)));
    }

    /// <summary>A sheet that was read back. Pictures and words are looked up by position.</summary>
    private sealed class Sheet((int Width, int Height, int Channels, byte[] Pixels) png)
    {
        public int Width => png.Width;

        public int Height => png.Height;

        public byte[] At(int x, int y) => png.Pixels.AsSpan((y * png.Width + x) * png.Channels, png.Channels).ToArray();

        /// <summary>Whether a line shows exactly these words: it equals a drawing of them on white paper.</summary>
        public bool Says(string text, int left, int top, int length, params byte[] colour)
        {
            using var paper = new SKBitmap(new SKImageInfo(length, Line, SKColorType.Rgba8888, SKAlphaType.Opaque));
            using var canvas = new SKCanvas(paper);
            canvas.Clear(SKColors.White);
            SheetText.Draw(canvas, text, 0, 0, length, new SKColor(colour[0], colour[1], colour[2]));
            var pixels = paper.GetPixelSpan().ToArray();
            Assert.True(pixels.Count(value => value < 128) > 10, $"'{text}' has no ink");
            return Enumerable.Range(0, length * Line).All(i =>
                At(left + i % length, top + i / length).SequenceEqual(pixels.AsSpan(4 * i, 3).ToArray()));
        }
    }

    [Fact]
    public void PicturesAreUprightInOrderWithTheirLabelsBelow()
    {
        var data = New("Digits", 30);
        int[] rows = [3, 7, 11, 20, 29];
        var sheet = Draw(data, rows);
        const int Side = 4 * 28, Right = Side + Gap, Down = Side + TextGap + Line + Gap;
        Assert.Equal((Gap + 3 * Right, Gap + 2 * Down), (sheet.Width, sheet.Height));
        var image = (ImageColumn)data.Columns[0];
        for (var i = 0; i < rows.Length; i++)
        {
            var (left, top) = (Gap + i % 3 * Right, Gap + i / 3 * Down);
            var pixels = (byte[])image[rows[i]]!;
            for (var y = 0; y < Side; y++)
                for (var x = 0; x < Side; x++)
                    Assert.Equal(Enumerable.Repeat(pixels[y / 4 * 28 + x / 4], 3), sheet.At(left + x, top + y));
            Assert.True(sheet.Says((string)data.Label![rows[i]]!, left, top + Side + TextGap, Side, 0, 0, 0));
            Assert.False(sheet.Says("other", left, top + Side + TextGap, Side, 0, 0, 0));
        }

        for (var y = Gap + Down; y < sheet.Height; y++)
            for (var x = Gap + 2 * Right; x < sheet.Width; x++)
                Assert.Equal([255, 255, 255], sheet.At(x, y));
    }

    [Fact]
    public void ColoursAreRedGreenBlue()
    {
        var sheet = Draw(Small(1, channels: 3), [0]);
        Assert.Equal([250, 250, 250], sheet.At(Gap, Gap));
        Assert.Equal([0, 1, 2], sheet.At(Gap + 3 * 42 - 1, Gap));
    }

    [Fact]
    public void OfManyChannelsThreeAreShownAndOfTwoOne()
    {
        Assert.Equal([0, 1, 2], Draw(Small(1, channels: 5), [0]).At(Gap + 125, Gap));
        Assert.Equal([0, 0, 0], Draw(Small(1, channels: 2), [0]).At(Gap + 125, Gap));
    }

    [Fact]
    public void LongAndForeignLabelsAreWritten()
    {
        const string Long = "a class with quite a long name";
        var sheet = Draw(Small(4, 1, Long, "Größe é Жλ", "Gro\u0308ße e\u0301 Жλ", "a\tb\nc"), [0, 1, 2, 3]);
        const int Width = 128, Right = Width + Gap, Down = 84 + TextGap + Line + Gap, Top = Gap + 84 + TextGap;
        Assert.InRange(Enumerable.Range(5, Long.Length - 5)
            .First(length => sheet.Says(Long[..length] + "…", Gap, Top, Width, 0, 0, 0)), 12, 24);
        Assert.True(sheet.Says("Größe é Жλ", Gap + Right, Top, Width, 0, 0, 0));
        Assert.True(sheet.Says("Größe é Жλ", Gap, Top + Down, Width, 0, 0, 0));
        Assert.True(sheet.Says("a b c", Gap + Right, Top + Down, Width, 0, 0, 0));
        Assert.False(sheet.Says("Grosse e", Gap + Right, Top, Width, 0, 0, 0));
    }

    [Fact]
    public void ALetterThatNoFontHasIsABoxAndHalfALetterNoError()
    {
        var sheet = Draw(Small(2, 1, "\u6F22", "a\uD800b"), [0, 1]);
        Assert.Contains(Enumerable.Range(Gap, 126), x => sheet.At(x, Gap + 84 + TextGap + 8)[0] < 255);
    }

    [Fact]
    public void WordsStayWithinTheirLine()
    {
        foreach (var text in new[] { new string('W', 20), new string('i', 50), "Ågjpqy|", "" })
        {
            using var paper = new SKBitmap(new SKImageInfo(100, Line, SKColorType.Gray8, SKAlphaType.Opaque));
            using var canvas = new SKCanvas(paper);
            canvas.Clear(SKColors.White);
            SheetText.Draw(canvas, text, 10, 0, 80, SKColors.Black);
            var pixels = paper.GetPixelSpan().ToArray();
            bool HasInk(int x, int y) => pixels[y * paper.RowBytes + x] < 255;
            Assert.DoesNotContain(Enumerable.Range(0, Line), y => HasInk(8, y) || HasInk(91, y));
            Assert.DoesNotContain(Enumerable.Range(0, 100), x => HasInk(x, Line - 1));
            Assert.Equal(text != "", Enumerable.Range(0, 100 * Line).Any(i => HasInk(i % 100, i / 100)));
        }
    }

    [Fact]
    public void TooManySamplesForAPictureAreRefusedBeforeOneIsMade()
    {
        var picture = new Picture(1, 1, 1, [0]);
        var samples = Enumerable.Repeat(new Sample(1, "a", [picture]), 20_000).ToArray();
        var error = DataFiles.Fails("TooManySamples", () => ContactSheet.Draw(samples).Dispose());
        Assert.Contains("megapixels", error.Message);
    }

    [Fact]
    public void APageHoldsThePicturesAndTheirLabels()
    {
        var path = Path.Combine(files.Folder, "sheet.html");
        SampleSheet.Write(path, Small(3, 3, "cat", "<b>", "frog & co"), [0, 1, 2]);
        var page = File.ReadAllText(path);
        Assert.Contains("small: 3 of 3 samples", page);
        Assert.Contains("<figcaption>&lt;b&gt;</figcaption>", page);
        Assert.Contains("frog &amp; co", page);
        Assert.DoesNotContain("<b>", page);
        var images = Regex.Matches(page, "base64,([^\"]+)\"").Select(match => Decode(match)).ToArray();
        Assert.Equal(3, images.Length);
        Assert.Equal((3, 2, 3), (images[1].Width, images[1].Height, images[1].Channels));
        Assert.Equal([250, 250, 250, 10, 11, 12, 10, 11, 12], images[1].Pixels[..9]);
    }

    [Fact]
    public void GreyPicturesOfAPageAreGrey()
    {
        var path = Path.Combine(files.Folder, "sheet.htm");
        SampleSheet.Write(path, Small(1), [0]);
        var image = Decode(Regex.Match(File.ReadAllText(path), "base64,([^\"]+)\""));
        Assert.Equal(1, image.Channels);
        Assert.Equal([250, 0, 0, 0, 0, 0], image.Pixels);
    }

    [Fact]
    public void LargePicturesAreReducedByMeans()
    {
        var pixels = Enumerable.Range(0, 256 * 300)
            .Select(i => (byte)(i % 300 < 150 ? 40 : i / 300 % 2 == 0 ? 100 : 200)).ToArray();
        var sheet = Draw(new Dataset("large", [new ImageColumn("Image", pixels, new Shape(1, 256, 300))]), [0]);
        Assert.Equal(Gap + 100 + Gap, sheet.Width);
        Assert.Equal([40, 40, 40], sheet.At(Gap + 10, Gap));
        Assert.Equal([133, 133, 133], sheet.At(Gap + 60, Gap));
        Assert.Equal([167, 167, 167], sheet.At(Gap + 60, Gap + 1));
    }

    [Fact]
    public void PredictionsAreGreenWhereRightAndRedWhereWrong()
    {
        var data = Small(12, 1, "left", "right");
        using var model = new Model([new Flatten(), new Dense { Units = 2 }]);
        foreach (var _ in new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(data))
        {
        }

        var predictions = Predictor.Predict(model, data);
        var sheet = Draw(data, Enumerable.Range(0, 12).ToArray(), new SampleSheetOptions { Model = model });
        const int Width = 126, Height = 84, Right = Width + Gap, Down = Height + TextGap + 2 * Line + Gap;
        for (var i = 0; i < 12; i++)
        {
            byte[] colour = Equals(predictions[i].Value, data.Label![i]) ? [0, 128, 0] : [200, 0, 0];
            var text = FormattableString.CurrentCulture($"{predictions[i].Value} {predictions[i].Probability:0.00}");
            var (left, top) = (Gap + i % 4 * Right, Gap + i / 4 * Down + Height + TextGap + Line);
            Assert.True(sheet.Says(text, left, top, Width, colour));
        }
    }

    [Fact]
    public void ViewsStandAfterTheirImage()
    {
        var data = Small(4, channels: 3);
        var options = new SampleSheetOptions
        {
            Augmentations = [new HorizontalFlip { Probability = 1 }, new VerticalFlip { Probability = 1 }],
            Views = 2,
        };
        var sheet = Draw(data, [0, 1, 2, 3], options);
        const int Width = 126, Height = 84, Right = Width + Gap, Down = Height + TextGap + Line + Gap;
        Assert.Equal((Gap + 6 * Right, Gap + 2 * Down), (sheet.Width, sheet.Height));
        for (var i = 0; i < 4; i++)
        {
            var (left, top) = (Gap + i % 2 * 3 * Right, Gap + i / 2 * Down);
            Assert.Equal([250, 250, 250], sheet.At(left, top));
            Assert.True(sheet.Says((string)data.Label![i]!, left, top + Height + TextGap, Width, 0, 0, 0));
            foreach (var view in new[] { left + Right, left + 2 * Right })
            {
                Assert.Equal([(byte)(10 * i), (byte)(10 * i + 1), (byte)(10 * i + 2)], sheet.At(view, top));
                Assert.Equal([250, 250, 250], sheet.At(view + Width - 1, top + Height - 1));
                Assert.Equal([255, 255, 255], sheet.At(view + Width / 2, top + Height + 6));
            }
        }
    }

    [Fact]
    public void ViewsFollowFromTheSeedAndDifferFromOneAnother()
    {
        var data = New("Digits", 300);
        Augmentation[] augmentations = [new Rotation { Degrees = 30 }, new Mixup(), new LabelNoise()];
        IReadOnlyList<Picture>[] Views(int seed) =>
            AugmentedViews.Of((ImageColumn)data.Columns[0], augmentations, 2, seed, default);
        var views = Views(1);
        Assert.Equal(300, views.Length);
        Assert.All(views, each => Assert.NotEqual(each[0].Bytes, each[1].Bytes));
        Assert.Equal(views[299][1].Bytes, Views(1)[299][1].Bytes);
        Assert.NotEqual(views[299][1].Bytes, Views(2)[299][1].Bytes);
    }

    [Fact]
    public void WhatCannotChangeSuchImagesIsRefused() => DataFiles.Fails("AugmentationUse",
        () => Draw(Small(2), [0, 1], new SampleSheetOptions { Augmentations = [new NumericNoise()] }));

    [SharedDataFact]
    public void RealPicturesAreUprightWithTheirLabels()
    {
        var data = ImageSetReader.ReadFolder(
            SharedData.PathOf("cifar10-sample"), "Test", new ImageSetOptions(), default);
        var rows = SampleChoice.Choose(data, 16, [], 3);
        var sheet = Draw(data, rows);
        const int Side = 128, Right = Side + Gap, Down = Side + TextGap + Line + Gap;
        for (var i = 0; i < rows.Count; i++)
        {
            var (left, top) = (Gap + i % 4 * Right, Gap + i / 4 * Down);
            var planes = (byte[])((ImageColumn)data.Columns[0])[rows[i]]!;
            foreach (var (x, y) in new[] { (0, 0), (31, 0), (0, 31), (31, 31), (16, 5), (5, 16) })
            {
                var pixel = y * 32 + x;
                Assert.Equal([planes[pixel], planes[1024 + pixel], planes[2048 + pixel]],
                    sheet.At(left + 4 * x, top + 4 * y));
            }
            Assert.True(sheet.Says((string)data.Label![rows[i]]!, left, top + Side + TextGap, Side, 0, 0, 0));
            Assert.False(sheet.Says("other", left, top + Side + TextGap, Side, 0, 0, 0));
        }
    }

    [Fact]
    public void WhatHasNoImagesOrNoRowsIsRefused()
    {
        var path = Path.Combine(files.Folder, "none.png");
        Assert.False(SampleSheet.Fits(Sets.Line()));
        var error = DataFiles.Fails("NoImages", () => SampleSheet.Write(path, Sets.Line(), [0]));
        Assert.Contains("x (Number)", error.Message);
        DataFiles.Fails("NoSamples", () => SampleSheet.Write(path, Small(2), []));
        error = DataFiles.Fails("UnknownSheetFormat", () => SampleSheet.Write(path[..^3] + "jpg", Small(2), [0]));
        Assert.Contains("'.jpg'", error.Message);
        Assert.Empty(Directory.GetFiles(files.Folder));
    }

    [Fact]
    public void ChoiceFollowsFromTheSeedAndTheClasses()
    {
        var data = Small(90);
        var chosen = SampleChoice.Choose(data, 10, [], 1);
        Assert.Equal(10, chosen.Distinct().Count());
        Assert.Equal(chosen.Order(), chosen);
        Assert.Equal(chosen, SampleChoice.Choose(data, 10, [], 1));
        Assert.NotEqual(chosen, SampleChoice.Choose(data, 10, [], 2));
        Assert.Equal(Enumerable.Range(0, 90), SampleChoice.Choose(data, 100, [], 1));
        Assert.All(SampleChoice.Choose(data, 20, ["DOG", "cat"], 1), row => Assert.NotEqual("frog", data.Label![row]));
        Assert.Equal(30, SampleChoice.Choose(data, 100, ["dog"], 1).Count);
        var error = DataFiles.Fails("ClassNotFound", () => SampleChoice.Choose(data, 5, ["cow"], 1));
        Assert.Contains("cat, dog, frog", error.Message);
        DataFiles.Fails("NoClasses", () => SampleChoice.Choose(Sets.Line(), 5, ["cow"], 1));
    }

    [Fact]
    public void TheFontHasALetterForEachCharacter()
    {
        string Ink(int letter)
        {
            using var paper = new SKBitmap(new SKImageInfo(20, Line, SKColorType.Gray8, SKAlphaType.Opaque));
            using var canvas = new SKCanvas(paper);
            canvas.Clear(SKColors.White);
            SheetText.Draw(canvas, char.ConvertFromUtf32(letter), 0, 0, 20, SKColors.Black);
            return Convert.ToHexString(paper.GetPixelSpan());
        }

        Assert.Equal(Ink(' '), Ink('\t'));
        // A0 is a no-break space and AD a soft hyphen: they look like other characters.
        int[] letters = [.. Enumerable.Range(' ', 95), .. Enumerable.Range(0xA1, 12), .. Enumerable.Range(0xAE, 82)];
        Assert.Equal(letters.Length, letters.Select(Ink).Distinct().Count());
        Assert.Equal("Inter", SheetFont.For('a').FamilyName);
    }

    private static (int Width, int Height, int Channels, byte[] Pixels) Decode(Match base64) =>
        PngReader.Read(Convert.FromBase64String(base64.Groups[1].Value));

    private static Dataset New(string generator, int count) =>
        CatalogIndex.Create<DatasetGenerator>(generator, [new("Count", count)]).Generate(1);
}
