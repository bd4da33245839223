using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using DeepPS.Common;

namespace DeepPS.Torch;

/// <summary>Reads the libraries of packages into a folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="platform">The platform: <c>linux-x64</c>.</param>
/// <param name="family">The name that the packages of the runtime begin with.</param>
/// <param name="written">Told how many bytes were written.</param>
internal sealed partial class RuntimeFiles(string folder, string platform, string family, Action<long> written)
{
    private const int BlockSize = 1 << 18;

    /// <summary>The SHA-512 of a stream in Base64.</summary>
    public static string Sha512(Stream stream, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        stream.Position = 0;
        Copy(stream, block => hash.AppendData(block), cancel);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>Unpacks the libraries of a package, and its licence.</summary>
    /// <param name="package">The package.</param>
    /// <param name="stream">Its content.</param>
    /// <param name="cancel">Cancels.</param>
    /// <returns>Its dependencies of the same family: the other parts of a large package.</returns>
    /// <exception cref="DlException"><c>RuntimePackageDamaged</c>, <c>RuntimeNotWritable</c>,
    /// <c>DiskFull</c>.</exception>
    public IReadOnlyList<RuntimePackage> Unpack(RuntimePackage package, Stream stream, CancellationToken cancel)
    {
        try
        {
            stream.Position = 0;
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in archive.Entries.Where(entry => IsWanted(entry.FullName)))
                using (var content = entry.Open())
                    WriteFile(entry.Name, file => Copy(content, block => Put(file, block), cancel));
            return Parts(archive);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or EndOfStreamException)
        {
            throw new DlException("RuntimePackageDamaged", DlErrorKind.InvalidData,
                $"{package.FileName} is damaged or was cut short: it is no whole NuGet package. Delete it and download "
                + "it again.", package.FileName, e);
        }
    }

    /// <summary>Writes one file, to the disk.</summary>
    /// <exception cref="DlException"><c>RuntimeNotWritable</c>, <c>DiskFull</c>.</exception>
    public void WriteFile(string name, Action<Stream> write, FileMode mode = FileMode.Create)
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder, name), mode, FileAccess.Write, FileShare.None,
                bufferSize: 0);
            write(file);
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException and not EndOfStreamException or UnauthorizedAccessException)
        {
            throw RuntimeErrors.NotWritable(folder, e);
        }
    }

    /// <summary>Copies a stream in blocks.</summary>
    public static void Copy(Stream stream, BlockWriter write, CancellationToken cancel)
    {
        var buffer = new byte[BlockSize];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            write(buffer.AsSpan(0, count));
        }
    }

    /// <summary>Takes a block of bytes.</summary>
    public delegate void BlockWriter(ReadOnlySpan<byte> block);

    private void Put(Stream file, ReadOnlySpan<byte> block)
    {
        file.Write(block);
        written(block.Length);
    }

    private bool IsWanted(string path) => path == "LICENSE-LIBTORCH.txt"
        || (path.StartsWith($"runtimes/{platform}/native/", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith($"fragments/{platform}/native/", StringComparison.OrdinalIgnoreCase))
        && !path.EndsWith('/') && !Unused().IsMatch(path);

    private RuntimePackage[] Parts(ZipArchive archive)
    {
        var nuspec = archive.Entries.FirstOrDefault(entry => entry.FullName == entry.Name
                && entry.Name.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidDataException("no .nuspec");
        using var content = nuspec.Open();
        return XDocument.Load(content).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => new RuntimePackage((string?)element.Attribute("id") ?? "",
                ((string?)element.Attribute("version") ?? "").Trim('[', ']')))
            .Where(one => one.Id.StartsWith(family + "-", StringComparison.OrdinalIgnoreCase)).Distinct().ToArray();
    }

    /// <summary>Libraries that serve Python and PyTorch's own tests.</summary>
    [GeneratedRegex(@"/(lib)?(torch_python|shm|aoti_custom_ops|backend_with_compiler|jitbackend_test|nnapi_backend"
        + @"|torchbind_test)\.[^/]*$")]
    private static partial Regex Unused();
}
