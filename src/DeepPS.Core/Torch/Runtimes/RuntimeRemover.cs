namespace DeepPS.Torch;

/// <summary>Finds and removes installed runtimes.</summary>
public static class RuntimeRemover
{
    /// <summary>The runtimes of a folder for this version and platform, whole or not.</summary>
    /// <param name="root">The folder of runtimes.</param>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>; null: both.</param>
    public static IReadOnlyList<string> Find(string root, string? device) => RuntimeFolder.Devices
        .Where(one => device is null || one == device).Select(one => RuntimeFolder.Of(root, one))
        .Where(Directory.Exists).ToArray();

    /// <summary>Removes a runtime: it is renamed first, so that no half of it is ever found.</summary>
    /// <param name="root">The folder of runtimes.</param>
    /// <param name="folder">The folder of the runtime.</param>
    /// <exception cref="Common.DlException"><c>RuntimeInUse</c>, <c>RuntimeNotWritable</c>.</exception>
    public static void Remove(string root, string folder)
    {
        using var held = RuntimeLock.Enter(root);
        RuntimeLock.Move(folder, Path.Combine(root, $".old-{Guid.NewGuid():N}"));
        RuntimeLock.RemoveLeft(root, ".old-");
    }
}
