using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Saves a published dataset on disk: what is not there yet is downloaded and checked.</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="options">Where to, and from where.</param>
public sealed class DatasetSaver(KnownDataset dataset, SaveOptions options)
{
    /// <summary>The folder that gets the files.</summary>
    public string Folder { get; } = Path.Combine(options.Destination ?? Path.Combine(UserCache(), "datasets"), dataset.Name);

    /// <summary>The addresses where the files are looked for.</summary>
    public IReadOnlyList<Uri> Addresses { get; } = options.BaseUri is { } given ? [AsFolder(given)] : dataset.Addresses;

    /// <summary>The files that are not there whole.</summary>
    public IReadOnlyList<KnownFile> Missing(CancellationToken cancel = default) =>
        dataset.Files.Where(file => !Checksum.IsWhole(Path.Combine(Folder, file.Name), file, cancel)).ToArray();

    /// <summary>Downloads files, in place of those that are there.</summary>
    /// <exception cref="DlException">As <see cref="Downloader.Get"/>.</exception>
    public SavedDataset Save(IReadOnlyList<KnownFile> files, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(Folder);
        double all = files.Sum(file => file.Size);
        var done = 0L;
        var downloader = new Downloader(options.Download with
        {
            Log = text => options.Log?.Invoke(text),
            Progress = (file, came) => options.Progress?.Invoke(Math.Min(1, (done + came) / all), file.Name),
        });
        foreach (var file in files)
        {
            options.Log?.Invoke($"{dataset.Name}: '{file.Name}', {file.Size:N0} bytes, from {Addresses[0]}.");
            downloader.Get(Addresses, file, Path.Combine(Folder, file.Name), cancel);
            done += file.Size;
        }

        return new SavedDataset(dataset, Folder);
    }

    private static Uri AsFolder(Uri address) => address switch
    {
        { IsAbsoluteUri: true, Scheme: "http" or "https" } => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/"),
        _ => throw new DlException("InvalidAddress", DlErrorKind.InvalidArgument,
            $"The address of a folder is wanted, such as https://mirror.example/mnist/; '{address}' came.", address),
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
