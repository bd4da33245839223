using System.Globalization;
using DeepPS.Abstractions;

namespace DeepPS.Tests;

public class WorkThreadTests
{
    [Fact]
    public void AWorkRunsOnAPreparedThreadAsItsCaller()
    {
        WorkThread.Prepare();
        WorkThread.Prepare();
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            var (culture, background) = ("", false);
            var first = WorkThread.Start(() =>
                (culture, background) = (CultureInfo.CurrentCulture.Name, Thread.CurrentThread.IsBackground));
            Assert.True(first.Join(TimeSpan.FromMinutes(1)));
            Assert.Equal("de-DE", culture);
            Assert.True(background);
            Assert.NotSame(first, WorkThread.Start(() => { }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void WorksThatNeedEachOtherRunAtOnce()
    {
        using var meeting = new Barrier(4);
        var threads = Enumerable.Range(0, 4)
            .Select(_ => WorkThread.Start(() => meeting.SignalAndWait(TimeSpan.FromMinutes(1)))).ToArray();
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromMinutes(2))));
        Assert.Equal(1, meeting.CurrentPhaseNumber);
    }
}
