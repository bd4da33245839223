using DeepPS.Common;

namespace DeepPS.Tests;

/// <summary>Files that others have open. .NET keeps to FileShare on Linux too, by locks.</summary>
public sealed class FileInUseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps-in-use-").FullName;

    private string Target => Path.Combine(folder, "run.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AFileThatIsReadIsReplacedAndDeleted()
    {
        File.WriteAllBytes(Target, [1]);
        using (var reader = SharedFile.Open(Target))
        {
            AtomicFile.Write(Target, stream => stream.WriteByte(2));
            Assert.Equal(1, reader.ReadByte());
        }

        Assert.Equal([2], File.ReadAllBytes(Target));
        using (SharedFile.Open(Target))
            Assert.True(AtomicFile.TryDelete(Target));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void AFileThatIsOpenForAMomentIsOpenedAgain()
    {
        File.WriteAllBytes(Target, [1]);
        var held = new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.None);
        var error = Assert.ThrowsAny<IOException>(() => SharedFile.Open(Target));
        Assert.True(FileInUse.Is(error));
        var attempts = 0;
        FileInUse.Retry(() =>
        {
            if (++attempts == 3)
                held.Dispose();
            SharedFile.Open(Target).Dispose();
        });
        Assert.Equal(3, attempts);
        using var now = SharedFile.OpenRead(Target);
        Assert.NotNull(now);
    }

    [Fact]
    public void AMissingFileIsNotWaitedFor()
    {
        var attempts = 0;
        Assert.Throws<FileNotFoundException>(() => FileInUse.Retry(() =>
        {
            attempts++;
            SharedFile.Open(Target);
        }));
        Assert.Equal(1, attempts);
        Assert.Null(SharedFile.OpenRead(Target));
    }
}
