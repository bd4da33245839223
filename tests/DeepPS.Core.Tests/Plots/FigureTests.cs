using System.Text;
using System.Xml.Linq;
using DeepPS.Common;
using DeepPS.Plots;

namespace DeepPS.Tests;

public class FigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly double[] X = [1, 2, 3, 4];

    private static Figure Curves => new("Two lines & a rule",
    [
        new Panel
        {
            X = new Axis("Epoch"),
            Y = new Axis("Time", "s"),
            Series =
            [
                new Line("training", X, [4, 3, 1.5, 1]),
                new Line("validation", X, [4, 2, 3, 4]) { Colour = 1, IsDashed = true },
                new Rule("best epoch: 2", 2, true) { Colour = 6 },
            ],
        },
    ]);

    private static Figure Table => new("Confusion",
    [
        new Panel
        {
            X = new Axis("Predicted class"),
            Y = new Axis("True class"),
            Series =
            [
                new Cells("samples", ["cat", "dog"], ["cat", "dog"], [[9, 1], [23, 7]], [[0.9, 0.1], [0.3, 0.7]]),
            ],
        },
    ]);

    private static string[] Texts(byte[] svg) => XDocument.Load(new MemoryStream(svg)).Descendants(Svg + "text")
        .Select(text => text.Value).ToArray();

    [Fact]
    public void AnSvgHasTheTitleTheLabelsAndTheLegendAsText()
    {
        var bytes = DrawingFile.Svg(Curves);
        var root = XDocument.Load(new MemoryStream(bytes)).Root!;
        Assert.Equal(Svg + "svg", root.Name);
        Assert.Equal("0 0 640 456", (string?)root.Attribute("viewBox"));
        Assert.Equal("Two lines & a rule", root.Element(Svg + "title")!.Value);
        string[] expected = ["Two lines & a rule", "Epoch", "Time (s)", "training", "validation", "best epoch: 2"];
        Assert.All(expected, text => Assert.Contains(text, Texts(bytes)));
        Assert.All(root.Descendants(Svg + "text"),
            text => Assert.EndsWith(", sans-serif", (string?)text.Attribute("font-family")));
    }

    /// <summary>A line through four points has four places, in the colours of the theme.</summary>
    [Theory]
    [InlineData(PlotTheme.Light, "#0072B2", "#D55E00"), InlineData(PlotTheme.Dark, "#56B4E9", "#E69F00")]
    public void AnSvgHasAPathForEachLine(PlotTheme theme, string first, string second)
    {
        var paths = XDocument.Load(new MemoryStream(DrawingFile.Svg(Curves, theme: theme))).Descendants(Svg + "path")
            .Select(path => (Stroke: (string?)path.Attribute("stroke"), Fill: (string?)path.Attribute("fill"),
                D: (string)path.Attribute("d")!)).ToArray();
        Assert.Contains(paths, path => path.Stroke == first && path.D.Split('L').Length == X.Length);
        // A dashed line is the areas of its dashes.
        Assert.Contains(paths, path => path.Fill == second);
    }

    [Fact]
    public void APngHasTheSizeThatIsAskedFor()
    {
        var png = DrawingFile.Png(Curves, 300, 200);
        var (width, height, _, pixels) = PngReader.Read(png);
        Assert.Equal((300, 200), (width, height));
        Assert.True(pixels.Distinct().Count() > 20);
    }

    [Fact]
    public void CellsShowTheirNumbersAndNames() => Assert.All(["cat", "dog", "23", "7", "True class"],
        text => Assert.Contains(text, Texts(DrawingFile.Svg(Table))));

    [Fact]
    public void ALogarithmicAxisHasPowersOfTen()
    {
        var figure = new Figure("rates",
        [
            new Panel
            {
                X = new Axis("Rate") { IsLog = true },
                Y = new Axis("Loss"),
                Series = [new Line("", [1e-6, 1e-3, 1], [3, 2, 1])],
            },
        ]);
        Assert.All(["1e-6", "0.001", "1"], text => Assert.Contains(text, Texts(DrawingFile.Svg(figure))));
        var text = figure.ToText(60, colour: false);
        Assert.Contains("1E-06", text);
    }

    [Fact]
    public void ATerminalShowsCurvesWithAxesAndLegend()
    {
        var lines = Curves.ToText(60, colour: false).ReplaceLineEndings("\n").Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 60, line));
        Assert.Contains(lines, line => line.Trim() == "Two lines & a rule");
        Assert.Contains(lines, line => line.Contains("── training") && line.Contains("┆ best epoch: 2"));
        Assert.Contains(lines, line => line.Contains('┤') && line.Any(letter => letter is >= '\u2801' and <= '\u28FF'));
        Assert.DoesNotContain('\e', string.Concat(lines));
        Assert.Contains("\e[38;2;86;180;233m", Curves.ToText(60, colour: true));
    }

    [Fact]
    public void ATerminalShowsBarsInProportion()
    {
        var figure = new Figure("bars",
        [
            new Panel
            {
                X = new Axis("Importance"),
                Y = new Axis("Column"),
                Series = [new Bars("", ["a", "b"], [2, 1]) { Deviations = [0.1, 0.2] }],
            },
        ]);
        var lines = figure.ToText(60, colour: false).ReplaceLineEndings("\n").Split('\n');
        var (a, b) = (lines.Single(line => line.StartsWith("a ")), lines.Single(line => line.StartsWith("b ")));
        Assert.Equal(a.Count(letter => letter == '█'), 2 * b.Count(letter => letter == '█'), 1.0);
        Assert.EndsWith("2 ±0.1", a);
    }

    [Fact]
    public void ATerminalShowsCellsAsATable()
    {
        var lines = Table.ToText(60, colour: false).ReplaceLineEndings("\n").Split('\n');
        Assert.Contains(lines,
            line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["dog", "23", "7"]);
    }

    [Fact]
    public void AHistogramCountsFiniteValues()
    {
        var histogram = Histogram.Of("h", [0, 1, 1, 4, double.NaN, double.PositiveInfinity], 4);
        Assert.Equal([0, 1, 2, 3, 4], histogram.Edges);
        Assert.Equal([1, 2, 0, 1], histogram.Counts);
        Assert.Equal(3, Histogram.Of("h", [2, 2, 2], 4).Counts.Sum());
        Assert.Equal(0, Histogram.Of("h", [], 4).Counts.Sum());
    }

    [Fact]
    public void OtherFormatsAndHugePicturesAreRefused()
    {
        Assert.Equal("UnknownPlotFormat",
            Assert.Throws<DlException>(() => DrawingFile.Write("curve.jpg", Curves)).Id);
        Assert.Equal("PictureTooLarge",
            Assert.Throws<DlException>(() => DrawingFile.Png(Curves, 20000, 20000)).Id);
    }

    /// <summary>Names in letters that the module's font lacks are drawn too, if only as boxes.</summary>
    [Fact]
    public void NamesInOtherScriptsAreKept()
    {
        var figure = new Figure("日本語 и кириллица", Curves.Panels);
        Assert.Contains("日本語 и кириллица", Encoding.UTF8.GetString(DrawingFile.Svg(figure)));
    }
}
