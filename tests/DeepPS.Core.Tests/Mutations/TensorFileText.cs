using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DeepPS.Torch;

namespace DeepPS.Tests;

/// <summary>
/// Changes the texts of model files and checkpoints as an attacker would: with a checksum that fits afterwards.
/// </summary>
internal static class TensorFileText
{
    /// <summary>Changes the header, and renews the file's own checksum if it has one.</summary>
    public static byte[] WithHeader(byte[] file, Func<string, string> change)
    {
        var size = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var header = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(file, 8, size)));
        var beginning = new byte[8 + (header.Length + 7) / 8 * 8];
        beginning.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(beginning, beginning.Length - 8);
        header.CopyTo(beginning, 8);
        var digits = SafeTensors.HashIn(beginning);
        digits.Fill((byte)'0');
        byte[] changed = [.. beginning, .. file[(8 + size)..]];
        if (digits.Length > 0)
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(changed)))
                .CopyTo(SafeTensors.HashIn(changed));
        return changed;
    }

    /// <summary>Changes a text of the metadata, and renews the file's own checksum if it has one.</summary>
    public static byte[] WithMetadata(byte[] file, string key, Func<string, string> change) => WithHeader(file, text =>
    {
        var header = JsonNode.Parse(text)!;
        var metadata = header[SafeTensors.MetadataName]!;
        metadata[key] = change((string)metadata[key]!);
        return header.ToJsonString();
    });

    /// <summary>The same for a checkpoint, whose checksum follows the file.</summary>
    public static byte[] InCheckpoint(byte[] file, Func<byte[], byte[]> change)
    {
        var changed = change(file[..^SHA256.HashSizeInBytes]);
        return [.. changed, .. SHA256.HashData(changed)];
    }
}
