using System.Globalization;
using System.Security.Cryptography;
using DeepPS.Common;

namespace DeepPS.Torch;

/// <summary>Joins libraries that the CUDA packages deliver in fragments, since a package has a limited size:
/// <c>NAME</c>, then <c>NAME.fragment1</c>, <c>NAME.fragment2</c>, ... of other packages; <c>NAME.sha</c> is the
/// SHA-256 of the whole library (TorchSharp's Directory.Build.targets for libtorch).</summary>
internal static class FragmentJoiner
{
    private const string Fragment = ".fragment";
    private const string Checksum = ".sha";

    /// <summary>Joins and checks the libraries of a folder.</summary>
    /// <exception cref="DlException"><c>RuntimePackageIncomplete</c>: a fragment is missing;
    /// <c>RuntimeHashMismatch</c>, <c>RuntimeNotWritable</c>, <c>DiskFull</c>.</exception>
    public static void Join(string folder, CancellationToken cancel)
    {
        var fragments = Directory.GetFiles(folder, $"*{Fragment}*").ToLookup(path => path[..path.LastIndexOf(Fragment,
            StringComparison.Ordinal)]);
        foreach (var library in fragments)
            Append(library.Key, library.OrderBy(Number).ToArray(), cancel);
        foreach (var checksum in Directory.GetFiles(folder, $"*{Checksum}"))
            Check(checksum[..^Checksum.Length], checksum, cancel);
    }

    private static void Append(string library, string[] fragments, CancellationToken cancel)
    {
        var numbers = fragments.Select(Number).ToArray();
        if (!File.Exists(library) || !File.Exists(library + Checksum)
            || !numbers.SequenceEqual(Enumerable.Range(1, numbers.Length)))
            throw Incomplete(library, $"has the fragments {string.Join(", ", numbers)} and "
                + $"{(File.Exists(library) ? "a" : "no")} first part");
        try
        {
            using var whole = new FileStream(library, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            foreach (var path in fragments)
            {
                using (var fragment = File.OpenRead(path))
                    RuntimeFiles.Copy(fragment, whole.Write, cancel);
                File.Delete(path);
            }

            whole.Flush(flushToDisk: true);
        }
        catch (IOException e)
        {
            throw RuntimeErrors.NotWritable(Path.GetDirectoryName(library)!, e);
        }
    }

    private static void Check(string library, string checksum, CancellationToken cancel)
    {
        if (!File.Exists(library))
            throw Incomplete(library, "is missing");
        var expected = File.ReadAllText(checksum).Trim();
        using (var stream = File.OpenRead(library))
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            RuntimeFiles.Copy(stream, block => hash.AppendData(block), cancel);
            var found = Convert.ToHexStringLower(hash.GetHashAndReset());
            if (!string.Equals(found, expected, StringComparison.OrdinalIgnoreCase))
                throw new DlException("RuntimeHashMismatch", DlErrorKind.InvalidData,
                    $"{Path.GetFileName(library)}, joined from fragments, has the SHA-256 {found}; its package expects "
                    + $"{expected}. A fragment is damaged or missing: download the packages again.", library);
        }

        File.Delete(checksum);
    }

    private static int Number(string path) => int.TryParse(
        path.AsSpan(path.LastIndexOf(Fragment, StringComparison.Ordinal) + Fragment.Length), NumberStyles.None,
        CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DlException Incomplete(string library, string found) =>
        new("RuntimePackageIncomplete", DlErrorKind.InvalidData, $"{Path.GetFileName(library)} {found}; expected its "
            + "first part, its checksum and all fragments from 1 on. Download all packages of the runtime again.",
            library);
}
