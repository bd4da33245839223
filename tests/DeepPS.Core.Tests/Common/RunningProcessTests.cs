using System.ComponentModel;
using DeepPS.Common;

namespace DeepPS.Tests;

public class RunningProcessTests
{
    [Fact]
    public void ThisOneRunsAndDidNotRunBefore()
    {
        Assert.True(RunningProcess.WasThere(Environment.ProcessId, DateTime.UtcNow));
        Assert.False(RunningProcess.WasThere(Environment.ProcessId, DateTime.UtcNow.AddYears(-1)));
        Assert.False(RunningProcess.WasThere(int.MaxValue, DateTime.UtcNow));
    }

    /// <summary>Windows refuses to tell the start of a process of another account.</summary>
    [Fact]
    public void AnotherAccountsProcessRuns()
    {
        Assert.True(RunningProcess.WasThere(1, DateTime.UtcNow, _ => throw new Win32Exception(5)));
        Assert.False(RunningProcess.WasThere(1, DateTime.UtcNow, _ => throw new InvalidOperationException("ended")));
        Assert.False(RunningProcess.WasThere(1, DateTime.UtcNow, _ => throw new ArgumentException("no such id")));
    }
}
