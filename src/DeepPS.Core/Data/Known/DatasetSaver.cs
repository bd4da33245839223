using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Saves a published dataset on disk: downloads and checks missing files.</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="options">Destination and source.</param>
public sealed class DatasetSaver(KnownDataset dataset, SaveOptions options)
{
    /// <summary>The folder that gets the files.</summary>
    public string Folder { get; } =
        Path.Combine(options.Destination ?? Path.Combine(UserCache(), "datasets"), dataset.Name);

    /// <summary>The addresses of folders that may have the files.</summary>
    public IReadOnlyList<Uri> Addresses { get; } = options.BaseUri is { } given ? [AsFolder(given)] : dataset.Addresses;

    /// <summary>The files that are missing or incomplete.</summary>
    public IReadOnlyList<KnownFile> Missing(CancellationToken cancel = default) =>
        dataset.Files.Where(file => !Checksum.IsWhole(Path.Combine(Folder, file.Name), file, cancel)).ToArray();

    /// <summary>The size of files in words; where that of one is not published, their number.</summary>
    public static string AmountOf(IReadOnlyList<KnownFile> files) => KnownFile.SizeOf(files) is { } size
        ? $"{size:N0} bytes" : files is [_] ? "of unpublished size" : $"{files.Count} files";

    /// <summary>Downloads files, and replaces those that exist.</summary>
    /// <exception cref="DlException">As <see cref="Downloader.Get"/>.</exception>
    public SavedDataset Save(IReadOnlyList<KnownFile> files, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(Folder);
        double? all = KnownFile.SizeOf(files);
        var (done, index) = (0L, 0);
        var downloader = new Downloader(options.Download with
        {
            Log = text => options.Log?.Invoke(text),
            Progress = (file, received) => options.Progress?.Invoke(
                Math.Min(1, (done + received) / all ?? (double)index / files.Count), file.Name),
        });
        foreach (var file in files)
        {
            options.Log?.Invoke($"{dataset.Name}: '{file.Name}', {AmountOf([file])}, from {Addresses[0]}.");
            downloader.Get(Addresses, file, Path.Combine(Folder, file.Name), cancel);
            (done, index) = (done + (file.Size ?? 0), index + 1);
        }

        return new SavedDataset(dataset, Folder);
    }

    private static Uri AsFolder(Uri address) => address switch
    {
        { IsAbsoluteUri: true, Scheme: "http" or "https" } =>
            address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/"),
        _ => throw new DlException("InvalidAddress", DlErrorKind.InvalidArgument,
            $"The address must be that of a folder, such as https://mirror.example/mnist/; got '{address}'.", address),
    };

    private static string UserCache()
    {
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "deepps");
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return Path.IsPathRooted(cache)
            ? Path.Combine(cache, "deepps")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "deepps");
    }
}
