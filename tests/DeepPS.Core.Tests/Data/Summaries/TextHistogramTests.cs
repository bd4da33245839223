using DeepPS.Data;

namespace DeepPS.Tests;

public class TextHistogramTests
{
    [Fact]
    public void EachBinIsABlockAsHighAsItsShare() =>
        Assert.Equal("▁▂▄█", TextHistogram.Of([0.1, 1.1, 1.2, 2.1, 2.2, 2.3, 2.4, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6, 3.7,
            4.1], 4));

    [Fact]
    public void AnEmptyBinIsASpaceAndAnyValueIsSeen()
    {
        var values = Enumerable.Repeat(0.0, 1000).Append(0.5).Append(3.9).ToArray();
        Assert.Equal("█  ▁", TextHistogram.Of(values, 4));
    }

    [Fact]
    public void WholeNumbersHaveABinEach()
    {
        Assert.Equal("▄█▄", TextHistogram.Of([1, 2, 2, 3]));
        Assert.Equal("█ █", TextHistogram.Of([-1, 1]));
        Assert.Equal(10, TextHistogram.Of(Enumerable.Range(0, 100).Select(i => (double)i).ToArray()).Length);
    }

    [Fact]
    public void AFewValuesFarOutDoNotSqueezeTheOthers()
    {
        var values = Enumerable.Range(0, 1000).Select(i => i / 1e6).Append(1e9).Append(-1e12).ToArray();
        var text = TextHistogram.Of(values, 7);
        Assert.Equal(7, text.Length);
        Assert.True(text.Count(block => block >= '▄') >= 2, text);
        Assert.Equal('▁', text[0]);
        Assert.Equal('▁', text[^1]);
    }

    [Fact]
    public void TheSameValueIsOneBlockAndNoneIsNothing()
    {
        Assert.Equal("█", TextHistogram.Of([2.5, 2.5, 2.5]));
        Assert.Equal("█", TextHistogram.Of([7, 7]));
        Assert.Equal("█", TextHistogram.Of([1e300]));
        Assert.Equal("", TextHistogram.Of([]));
        Assert.Equal("", TextHistogram.Of([double.NaN, double.PositiveInfinity]));
        Assert.Equal("█ █", TextHistogram.Of([double.NaN, 0.5, 1.5, double.NegativeInfinity], 3));
    }

    [Fact]
    public void ExtremeNumbersStayWithinTheBins()
    {
        Assert.Equal(5, TextHistogram.Of([double.MinValue, 0.5, double.MaxValue], 5).Length);
        Assert.Equal(5, TextHistogram.Of([double.Epsilon, 0, double.Epsilon * 2], 5).Length);
    }

    [Fact]
    public void LevelsAreDrawnInTheirOrder()
    {
        Assert.Equal("▄█ ▁", TextHistogram.OfLevels([50, 100, 0, 1]));
        Assert.Equal("  ", TextHistogram.OfLevels([0, 0]));
        Assert.Equal("", TextHistogram.OfLevels([]));
        Assert.Equal("▄█…", TextHistogram.OfLevels([1, 50, 2, 100, 3], 2));
    }

    [Fact]
    public void BinsAreOneOrMore() => Assert.Throws<ArgumentOutOfRangeException>(() => TextHistogram.Of([1], 0));
}
