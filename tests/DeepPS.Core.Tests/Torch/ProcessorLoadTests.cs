using DeepPS.Torch;

namespace DeepPS.Tests;

/// <summary>Reading the machine's load, and choosing how torch's threads wait.</summary>
[Collection(nameof(WholeProcess))]
public class ProcessorLoadTests
{
    [Theory]
    [InlineData("cpu  100 5 20 800 10 1 2 3 0 0", 941, 810)]
    [InlineData("cpu0 100 5 20 800 10 1 2 3 0 0", null, null)]
    [InlineData("cpu  100 5 twenty 800 10 1 2 3 0 0", null, null)]
    [InlineData("cpu  100 5", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void ALineOfTheKernelIsReadOrNotKnown(string? line, int? all, int? idle) =>
        Assert.Equal(all is null ? null : ((double, double)?)(all.Value, idle!.Value), ProcessorLoad.Parse(line));

    /// <summary>Two cores for about a second: the time used by this process, and the idle time.</summary>
    [Theory]
    [InlineData(0, 200, 2)]
    [InlineData(2, 0, 2)]
    [InlineData(1, 100, 2)]
    [InlineData(1, 0, 1)]
    [InlineData(0, 0, 0)]
    public void OwnUseCountsAsFree(double ownSeconds, int idleTicks, double share)
    {
        var own = 0.0;
        var lines = new Queue<string>(["cpu 0 0 0 0 0 0 0 0", $"cpu {200 - idleTicks} 0 0 {idleTicks} 0 0 0 0"]);
        var load = new ProcessorLoad(() => lines.Dequeue(), () => TimeSpan.FromSeconds(own));
        Assert.Null(load.FreeCores());
        own = ownSeconds;
        Thread.Sleep(1000);
        // By the ticks, two core seconds have passed; the real time depends on the machine.
        var free = load.FreeCores()!.Value;
        Assert.InRange(free, 0, share * 1.01);
        Assert.Equal(share > 0, free > 0);
    }

    [Fact]
    public void TheMachineIsKnownOnLinux()
    {
        var load = new ProcessorLoad();
        Assert.Null(load.FreeCores());
        Thread.Sleep(300);
        Assert.Equal(OperatingSystem.IsLinux(), load.FreeCores() is >= 0);
    }

    [Fact]
    public void WaitsAreShortWhileOthersNeedTheCores()
    {
        var ticks = 0;
        var busy = true;
        string Line()
        {
            ticks += 1000;
            return busy ? $"cpu {ticks} 0 0 0 0 0 0 0" : $"cpu 0 0 0 {ticks} 0 0 0 0";
        }

        var said = new List<string>();
        using var waits = new ShortWaits(2, said.Add, new ProcessorLoad(Line, () => TimeSpan.Zero));
        waits.Look();
        Assert.False(waits.AreShort);
        Thread.Sleep(600);
        waits.Look();
        Assert.True(waits.AreShort);
        (busy, ticks) = (false, 100_000);
        Thread.Sleep(600);
        waits.Look();
        Assert.False(waits.AreShort);
        using var one = new ShortWaits(1, said.Add, new ProcessorLoad(Line, () => TimeSpan.Zero));
        busy = true;
        Thread.Sleep(600);
        one.Look();
        Assert.False(one.AreShort);
        Assert.Collection(said,
            text => Assert.Contains("2 threads", text),
            text => Assert.Contains("free again", text));
    }
}
