using System.Diagnostics;
using DeepPS.Common;

namespace DeepPS.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps-atomic-").FullName;

    private string Target => Path.Combine(folder, "a model.dlmodel");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void TheNextWriteRemovesWhatAKilledOneLeft()
    {
        var left = AtomicFile.PathBeside(Target, Ended(), "12345678");
        File.WriteAllText(left, "half");
        AtomicFile.Write(Target, stream => stream.WriteByte(1));
        Assert.Equal([Target], Directory.GetFiles(folder));
    }

    [Fact]
    public void WhatIsBeingWrittenStays()
    {
        // A process that runs, and began before the file was written.
        using var other = Sleeper();
        var writing = AtomicFile.PathBeside(Target, other.Id, "12345678");
        var of = AtomicFile.PathBeside(Path.Combine(folder, "b.dlmodel"), Ended(), "12345678");
        File.WriteAllText(writing, "half");
        File.SetLastWriteTimeUtc(writing, DateTime.UtcNow.AddMinutes(1));
        File.WriteAllText(of, "half");
        AtomicFile.Write(Target, stream =>
        {
            // Another thread writes the same file meanwhile.
            AtomicFile.Write(Target, inner => inner.WriteByte(2));
            stream.WriteByte(1);
        });
        other.Kill();
        Assert.Equal(new[] { writing, of, Target }.Order(), Directory.GetFiles(folder).Order());
        Assert.Equal([1], File.ReadAllBytes(Target));
    }

    [Fact]
    public void AnotherProcessWithTheSameIdIsAnotherOne()
    {
        using var other = Sleeper();
        var left = AtomicFile.PathBeside(Target, other.Id, "12345678");
        File.WriteAllText(left, "half");
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddDays(-3));
        AtomicFile.Write(Target, stream => stream.WriteByte(1));
        other.Kill();
        Assert.Equal([Target], Directory.GetFiles(folder));
    }

    private static Process Sleeper() => OperatingSystem.IsWindows()
        ? Process.Start(new ProcessStartInfo("ping", "-n 100 127.0.0.1") { RedirectStandardOutput = true })!
        : Process.Start("sleep", "100");

    private static int Ended()
    {
        using var process = Sleeper();
        process.Kill();
        process.WaitForExit();
        return process.Id;
    }
}
