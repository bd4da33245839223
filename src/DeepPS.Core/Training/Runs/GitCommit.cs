using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>Reads the current commit of a git working tree from its files.</summary>
public static class GitCommit
{
    /// <summary>The commit of the repository that contains a folder; null if there is none.</summary>
    public static string? Of(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var git = Path.Combine(at.FullName, ".git");
            try
            {
                if (File.Exists(git) && SharedFile.ReadText(git).Trim() is var link
                    && link.StartsWith("gitdir: ", StringComparison.Ordinal))
                    git = Path.GetFullPath(link["gitdir: ".Length..], at.FullName);
                if (Directory.Exists(git))
                    return Read(git);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        return null;
    }

    private static string? Read(string git)
    {
        var head = SharedFile.ReadText(Path.Combine(git, "HEAD")).Trim();
        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
            return head;
        var name = head["ref: ".Length..];
        var common = Path.Combine(git, "commondir");
        var shared = File.Exists(common) ? Path.GetFullPath(SharedFile.ReadText(common).Trim(), git) : git;
        var loose = Path.Combine(shared, name);
        if (File.Exists(loose))
            return SharedFile.ReadText(loose).Trim();
        var packed = Path.Combine(shared, "packed-refs");
        return !File.Exists(packed) ? null
            : SharedFile.ReadText(packed).Split('\n').FirstOrDefault(line => line.EndsWith(' ' + name))?.Split(' ')[0];
    }
}
