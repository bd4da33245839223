namespace DeepPS.Data;

/// <summary>How files are downloaded.</summary>
internal sealed record DownloadOptions
{
    /// <summary>How often in a row a connection may break without receiving a byte.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The delay before a retry, by its number from 1.</summary>
    public Func<int, TimeSpan> Pause { get; init; } = retry => TimeSpan.FromSeconds(1 << Math.Min(retry - 1, 4));

    /// <summary>The time without data after which the connection counts as broken.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Receives messages about decisions.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Told how many bytes of a file were received.</summary>
    public Action<KnownFile, long> Progress { get; init; } = (_, _) => { };
}
