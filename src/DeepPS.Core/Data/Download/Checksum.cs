using System.Security.Cryptography;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Checks whether a file is the published one.</summary>
internal static class Checksum
{
    private const int Md5Digits = 32;

    /// <summary>Whether a file exists and has the right size and checksum.</summary>
    public static bool IsWhole(string path, KnownFile file, CancellationToken cancel)
    {
        if (!File.Exists(path))
            return false;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, SharedFile.Any, bufferSize: 0);
        return Fits(stream, file, cancel);
    }

    /// <summary>Whether the content of a stream has the size and checksum of a file.</summary>
    public static bool Fits(Stream stream, KnownFile file, CancellationToken cancel) =>
        (file.Size is null || stream.Length == file.Size) && Of(stream, file, cancel) == file.Checksum;

    private static string Of(Stream stream, KnownFile file, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(
            file.Checksum.Length == Md5Digits ? HashAlgorithmName.MD5 : HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 18];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
