using DeepPS.Common;

namespace DeepPS.Torch;

/// <summary>Installs libtorch for this platform: packages are downloaded, checked and unpacked into a folder beside the
/// destination, which is renamed when it is whole. A process that is killed leaves no half runtime.</summary>
/// <param name="options">The device, the destination and the source.</param>
public sealed class RuntimeInstaller(RuntimeOptions options)
{
    private const string Unfinished = ".new-";
    private const string Replaced = ".old-";

    private static readonly string Shim = TorchPlatform.FileName("LibTorchSharp");

    private readonly string destination = RuntimeFolder.Of(options.Root, options.Device);
    private volatile string step = "Starting";
    private string? downloads;
    private long done;

    /// <summary>Each package is downloaded, read for its checksum and unpacked.</summary>
    private long Total => 2 * Package.Size + Package.UnpackedSize;

    /// <summary>The package that would be downloaded.</summary>
    /// <exception cref="DlException"><c>RuntimeNotAvailable</c>: no package exists for this platform and
    /// device.</exception>
    public RuntimePackage Package { get; } = options.Package
        ?? PinnedPackages.For(options.Device, TorchPlatform.Current)
        ?? throw new DlException("RuntimeNotAvailable", DlErrorKind.NotAvailable,
            $"libtorch for the CPU exists for {string.Join(", ", TorchPlatform.Supported)}, that for CUDA for "
            + $"linux-x64 and win-x64; this process is {TorchPlatform.Current}, -Device is {options.Device}.",
            options.Device);

    /// <summary>The installed runtime, unless it is to be replaced; null if there is none.</summary>
    public InstalledRuntime? Present => options.Force ? null : InstalledRuntime.Read(destination);

    /// <summary>The current step, and the share of the work that is done, from 0 to 1; null where the size of the
    /// packages is not known.</summary>
    public (string Step, double? Share) Progress =>
        (step, Total == 0 ? null : Math.Min(1, (Interlocked.Read(ref done) + Downloaded()) / (double)Total));

    /// <summary>Installs the runtime.</summary>
    /// <param name="cancel">Cancels; nothing is left.</param>
    /// <exception cref="DlException"><c>RuntimeSourceNotFound</c>, <c>RuntimePackageNotFound</c>,
    /// <c>RuntimeDownloadFailed</c>, <c>RuntimeHashMismatch</c>, <c>RuntimePackageDamaged</c>,
    /// <c>RuntimePackageIncomplete</c>, <c>RuntimeNotWritable</c>, <c>DiskFull</c>, <c>RuntimeInUse</c>.</exception>
    public InstalledRuntime Install(CancellationToken cancel = default)
    {
        using var held = RuntimeLock.Enter(options.Root);
        RuntimeLock.RemoveLeft(options.Root, Unfinished, Replaced);
        if (Present is { } present)
            return present;
        RuntimeErrors.CheckSpace(options.Root, Package.Size + Package.UnpackedSize, options.FreeSpace(options.Root));
        var work = Path.Combine(options.Root, Unfinished + Guid.NewGuid().ToString("N"));
        downloads = work;
        try
        {
            var runtime = Fill(Directory.CreateDirectory(Path.Combine(work, "files")).FullName, work, cancel);
            runtime.Write();
            return Place(runtime, work);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RuntimeErrors.NotWritable(options.Root, e);
        }
        finally
        {
            RuntimeLock.RemoveLeft(options.Root, Unfinished);
        }
    }

    private InstalledRuntime Fill(string files, string work, CancellationToken cancel)
    {
        var reader = new RuntimeFiles(files, TorchPlatform.Current, Package.Id, Advance);
        var packages = new List<RuntimePackage> { Package };
        for (var i = 0; i < packages.Count; i++)
        {
            var package = packages[i];
            using var stream = Fetch(package, work, cancel);
            downloads = null;
            Advance(package.Size > 0 ? package.Size : stream.Length);
            step = $"Checking {package.FileName}";
            Check(package, stream, cancel);
            step = $"Unpacking {package.FileName}";
            packages.AddRange(reader.Unpack(package, stream, cancel).Except(packages));
            downloads = work;
        }

        FragmentJoiner.Join(files, cancel);
        PlaceShim(reader);
        foreach (var library in new[] { "torch_cpu", "torch", "c10" }.Select(TorchPlatform.FileName)
            .Where(library => !File.Exists(Path.Combine(files, library))))
            throw new DlException("RuntimePackageIncomplete", DlErrorKind.InvalidData,
                $"{Package.FileName} has no {library} for {TorchPlatform.Current}. It is not the published package; "
                + "use another -Source.", Package.FileName);
        return new InstalledRuntime(options.Device, Package.Version, TorchPlatform.Current,
            InstalledRuntime.SizeOf(files), packages.TrueForAll(one => one.Sha512 is not null),
            packages.ConvertAll(one => $"{one.Id} {one.Version}"))
        { Path = files };
    }

    private Stream Fetch(RuntimePackage package, string work, CancellationToken cancel)
    {
        var feeds = PackageFeeds.Choose(options.Source, options.Folder, package.Id);
        var failures = new List<DlException>();
        foreach (var feed in feeds)
        {
            try
            {
                options.Log($"{package.FileName}: from {feed.Name}.");
                step = $"Downloading {package.FileName}";
                if (feed.Open(package, work, cancel) is { } stream)
                    return stream;
            }
            catch (DlException e)
            {
                failures.Add(e);
                options.Log(e.Message);
            }
        }

        throw failures.FirstOrDefault() ?? new DlException("RuntimePackageNotFound", DlErrorKind.NotFound,
            $"{package.FileName} was not found in {string.Join(", ", feeds.Select(feed => feed.Name))}. Use -Source "
            + "with a folder or a feed that has this version.", package.FileName);
    }

    private void Check(RuntimePackage package, Stream stream, CancellationToken cancel)
    {
        if (package.Sha512 is not { } expected)
        {
            options.Log($"{package.FileName}: no SHA-512 is pinned for it; libraries in fragments have checksums.");
            return;
        }

        var found = RuntimeFiles.Sha512(stream, cancel);
        Advance(package.Size);
        if (found != expected)
            throw new DlException("RuntimeHashMismatch", DlErrorKind.InvalidData,
                $"{package.FileName} ({stream.Length:N0} bytes) is not the published package: expected the SHA-512 "
                + $"{expected}, found {found}. It is damaged, cut short or changed; download it again, or use another "
                + "-Source.", package.FileName);
    }

    /// <summary>TorchSharp's library is placed beside libtorch. On Linux its version mark is made optional, so that it
    /// loads with an older libstdc++ too; a newer one is not affected.</summary>
    private void PlaceShim(RuntimeFiles reader)
    {
        var source = options.Shim ?? TorchLibraries.ModuleFolders().Select(folder => Path.Combine(folder, Shim))
            .FirstOrDefault(File.Exists)
            ?? throw new DlException("ModuleIncomplete", DlErrorKind.NotFound,
                $"{Shim} is missing in the folder of DeepPS. Install DeepPS again.", Shim);
        var image = File.ReadAllBytes(source);
        if (OperatingSystem.IsLinux())
            OlderRuntime.Weaken(image, OlderRuntime.Version);
        reader.WriteFile(Shim, file => file.Write(image));
    }

    private InstalledRuntime Place(InstalledRuntime runtime, string work)
    {
        var old = Path.Combine(options.Root, Replaced + Guid.NewGuid().ToString("N"));
        if (Directory.Exists(destination))
            RuntimeLock.Move(destination, old);
        Directory.Move(runtime.Path, destination);
        RuntimeLock.RemoveLeft(options.Root, Replaced);
        return runtime with { Path = destination };
    }

    private void Advance(long bytes) => Interlocked.Add(ref done, bytes);

    /// <summary>The bytes of the package that NuGet is writing.</summary>
    private long Downloaded()
    {
        try
        {
            return downloads is { } folder ? new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
