namespace DeepPS.Data;

/// <summary>How a published dataset is saved.</summary>
public sealed record SaveOptions
{
    /// <summary>The folder in which it gets its own subfolder; null: the user's cache.</summary>
    public string? Destination { get; init; }

    /// <summary>The address of a folder that has its files; null: its publisher's.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>Receives messages about decisions.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Told the share of the files that was received, from 0 to 1, and the current file.</summary>
    public Action<double, string>? Progress { get; init; }

    /// <summary>How files are downloaded.</summary>
    internal DownloadOptions Download { get; init; } = new();
}
