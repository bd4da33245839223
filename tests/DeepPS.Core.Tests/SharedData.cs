namespace DeepPS.Tests;

/// <summary>Optional real data, in shared/data of the repository's root or of a folder above it.</summary>
internal static class SharedData
{
    private static readonly Lazy<string?> Folder = new(() =>
    {
        for (var folder = Repository.Root; folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data") is var data && Directory.Exists(data))
                return data;
        return null;
    });

    public static bool IsPresent => Folder.Value is not null;

    public static string PathOf(params string[] parts) => Path.Combine([Folder.Value!, .. parts]);
}

/// <summary>A test that needs <see cref="SharedData"/>; skipped where the folder is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (!SharedData.IsPresent)
            Skip = "The folder ../shared/data with real data is absent.";
    }
}
