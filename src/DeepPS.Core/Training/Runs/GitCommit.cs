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
                if (File.Exists(git) && File.ReadAllText(git).Trim() is var link
                    && link.StartsWith("gitdir: ", StringComparison.Ordinal))
                    git = Path.GetFullPath(link["gitdir: ".Length..], at.FullName);
                if (Directory.Exists(git))
                    return Read(git);
            }
            catch (IOException)
            {
                return null;
            }
        }

        return null;
    }

    private static string? Read(string git)
    {
        var head = File.ReadAllText(Path.Combine(git, "HEAD")).Trim();
        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
            return head;
        var name = head["ref: ".Length..];
        var common = Path.Combine(git, "commondir");
        var shared = File.Exists(common) ? Path.GetFullPath(File.ReadAllText(common).Trim(), git) : git;
        var loose = Path.Combine(shared, name);
        if (File.Exists(loose))
            return File.ReadAllText(loose).Trim();
        var packed = Path.Combine(shared, "packed-refs");
        return !File.Exists(packed) ? null
            : File.ReadLines(packed).FirstOrDefault(line => line.EndsWith(' ' + name))?.Split(' ')[0];
    }
}
