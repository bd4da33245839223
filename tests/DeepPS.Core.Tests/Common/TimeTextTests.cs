using System.Globalization;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2024-05-01", "2024-05-01T00:00:00")]
    [InlineData("2024/5/1", "2024-05-01T00:00:00")]
    [InlineData("2024.05.01", "2024-05-01T00:00:00")]
    [InlineData("2024-05", "2024-05-01T00:00:00")]
    [InlineData("1749-01", "1749-01-01T00:00:00")]
    [InlineData("2999-12", "2999-12-01T00:00:00")]
    [InlineData("2024-05-01T12:30", "2024-05-01T12:30:00")]
    [InlineData("2024-05-01 12:30:15", "2024-05-01T12:30:15")]
    [InlineData("2024-05-01T12:30:15.1234567", "2024-05-01T12:30:15.1234567")]
    [InlineData("2024-05-01T12:30:15,5Z", "2024-05-01T12:30:15.5")]
    [InlineData("2024-05-01T12:30:15.123456789+02:00", "2024-05-01T10:30:15.1234567")]
    [InlineData("2024-05-01 00:30:00 -0930", "2024-05-01T10:00:00")]
    [InlineData("20240501T123015Z", "2024-05-01T12:30:15")]
    [InlineData("20240501T1230", "2024-05-01T12:30:00")]
    [InlineData("1 May 2024", "2024-05-01T00:00:00")]
    [InlineData("01-May-2024 5:06 PM", "2024-05-01T17:06:00")]
    [InlineData("1-Sept-24", "2024-09-01T00:00:00")]
    [InlineData("May 1, 2024, 12:05:09 am", "2024-05-01T00:05:09")]
    [InlineData("Wed, 01 May 2024 15:04:05 GMT", "2024-05-01T15:04:05")]
    [InlineData("12:30", "0001-01-01T12:30:00")]
    [InlineData("1:05:09 PM", "0001-01-01T13:05:09")]
    public void ReadsPointsInTime(string text, string expected)
    {
        Assert.True(TimeText.TryParse(text, out var time));
        Assert.True(time.IsOrdered);
        Assert.Equal(DateTime.Parse(expected, CultureInfo.InvariantCulture),
            new DateTime(time.Ticks(DayOrder.MonthFirst)!.Value));
    }

    [Theory]
    [InlineData("1/2/2024", "2024-01-02", "2024-02-01")]
    [InlineData("1.2.2024 12:00", "2024-01-02T12:00", "2024-02-01T12:00")]
    [InlineData("31-12-2024", null, "2024-12-31")]
    [InlineData("12/31/99", "1999-12-31", null)]
    [InlineData("01.02.24", "2024-01-02", "2024-02-01")]
    public void ReadsDaysAndMonthsInEitherOrder(string text, string? monthFirst, string? dayFirst)
    {
        Assert.True(TimeText.TryParse(text, out var time));
        Assert.False(time.IsOrdered);
        foreach (var (order, expected) in new[] { (DayOrder.MonthFirst, monthFirst), (DayOrder.DayFirst, dayFirst) })
        {
            var ticks = expected is null ? (long?)null : DateTime.Parse(expected, CultureInfo.InvariantCulture).Ticks;
            Assert.Equal(ticks, time.Ticks(order));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("may")]
    [InlineData("May 2024 report")]
    [InlineData("10:30 meeting")]
    [InlineData("2024")]
    [InlineData("20240501")]
    [InlineData("1.5")]
    [InlineData("1.2.3")]
    [InlineData("1.2.20")]
    [InlineData("10.0.0.14")]
    [InlineData("2024-13-01")]
    [InlineData("2024-02-30")]
    [InlineData("2023-02-29")]
    [InlineData("32/32/2024")]
    [InlineData("2024-05-01T24:00")]
    [InlineData("2024-05-01T12:60")]
    [InlineData("2024-05-01T12:30:15.")]
    [InlineData("2024-05-01T12:30+25:00")]
    [InlineData("13:00 PM")]
    [InlineData("0001-01-01T00:00+10:00")]
    [InlineData("0101-02")]
    [InlineData("2024-05-01x")]
    [InlineData("2024-05-01T")]
    [InlineData("１２:３０")]
    public void LeavesOtherTextAlone(string text) => Assert.False(TimeText.TryParse(text, out _));

    [Theory]
    [InlineData("20240501", "2024-05-01")]
    [InlineData("20240501123015", "2024-05-01T12:30:15")]
    [InlineData("2024", "2024-01-01")]
    [InlineData("0", "1970-01-01")]
    [InlineData("1714566615.5", "2024-05-01T12:30:15.5")]
    [InlineData("1714566615500", "2024-05-01T12:30:15.5")]
    public void ReadsNumbersWhereTimesAreExpected(string text, string expected)
    {
        Assert.True(TimeText.TryParseNumber(text, out var ticks));
        Assert.Equal(DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), new DateTime(ticks));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1e300")]
    [InlineData("-1e12")]
    public void RefusesOtherNumbers(string text) => Assert.Equal(text == "-1e12", TimeText.TryParseNumber(text, out _));

    [Fact]
    public void EveryTimeComesBack()
    {
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++)
        {
            var time = new DateTime(random.NextInt64(new DateTime(1001, 1, 1).Ticks, DateTime.MaxValue.Ticks));
            foreach (var format in new[]
            {
                "o", "yyyy-MM-dd HH:mm:ss.fffffff", "d MMM yyyy h:mm:ss.fffffff tt",
                "ddd, dd MMMM yyyy HH:mm:ss.fffffff 'GMT'",
            })
            {
                var text = time.ToString(format, CultureInfo.InvariantCulture);
                Assert.True(TimeText.TryParse(text, out var read), text);
                Assert.Equal(time.Ticks, read.Ticks(DayOrder.DayFirst));
            }
        }
    }

    [Theory]
    [InlineData("1/2/2024", null, "2024-01-02")]
    [InlineData("1/2/2024", true, "2024-02-01")]
    [InlineData("1.2.2024", null, "2024-02-01")]
    [InlineData("31/12/2024", null, "2024-12-31")]
    [InlineData("31/12/2024", false, null)]
    [InlineData("20240501", null, "2024-05-01")]
    [InlineData("soon", null, null)]
    public void ReadsRawValues(string text, bool? dayFirst, string? expected)
    {
        Assert.Equal(expected is not null, RawValue.TryTime(text, dayFirst, out var ticks));
        if (expected is not null)
            Assert.Equal(DateTime.Parse(expected, CultureInfo.InvariantCulture), new DateTime(ticks));
        Assert.True(RawValue.TryTime("NA", dayFirst, out ticks));
        Assert.Equal(TimeColumn.None, ticks);
    }
}
