using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>A training at the end of a step: everything needed to continue from there, except the data.</summary>
internal sealed class Checkpoint : IDisposable
{
    /// <summary>
    /// The version of the format that this release writes, and the newest that it reads. Version 1 had the model's
    /// history in its JSON, and not all of a training's state.
    /// </summary>
    private const int Version = 2;

    private const string Key = "deepps-checkpoint";

    /// <summary>The file that it was read from; empty for a new one.</summary>
    public string Path { get; private init; } = "";

    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = Version;

    /// <summary>The model without its weights and its history.</summary>
    public required JsonObject Model { get; init; }

    /// <summary>The training options.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>The fingerprint of the data.</summary>
    public required JsonObject Data { get; init; }

    /// <summary>The finished epochs and steps.</summary>
    public required TrainingPosition Position { get; init; }

    /// <summary>Weights, optimizer state, random numbers, the epochs so far and so on.</summary>
    public required StateBag State { get; init; }

    /// <summary>
    /// Writes a checkpoint: a safetensors file followed by its SHA-256. The file is complete or missing, whatever
    /// happens while it is being written.
    /// </summary>
    /// <exception cref="IOException">It cannot be written, for example because the disk is full.</exception>
    public void Write(string path)
    {
        var json = new JsonObject
        {
            ["version"] = Format,
            ["model"] = Model.DeepClone(),
            ["settings"] = Settings.DeepClone(),
            ["data"] = Data.DeepClone(),
            ["position"] = Position.ToJson(),
        };
        AtomicFile.Write(path, stream =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var hashed = new HashedStream(stream, hash);
            SafeTensors.Write(hashed, State.All, new Dictionary<string, string> { [Key] = json.Write() });
            stream.Write(hash.GetHashAndReset());
        });
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="DlException"><c>CheckpointDamaged</c>, <c>CheckpointVersion</c>.</exception>
    public static Checkpoint Read(string path)
    {
        try
        {
            using var file = SharedFile.Open(path);
            CheckHash(file);
            var content = SafeTensorsFile.Open(file, trailing: SHA256.HashSizeInBytes);
            var json = content.Metadata.TryGetValue(Key, out var text) ? SafeJson.Parse(text)
                : throw new InvalidDataException("it is not a checkpoint");
            var version = json.Whole("version", minimum: 1);
            if (version > Version)
                throw new DlException("CheckpointVersion", DlErrorKind.InvalidData,
                    $"Checkpoint '{path}' has format version {version}; this release reads up to {Version}. Update "
                    + "DeepPS to continue from it.", path);
            return new Checkpoint
            {
                Path = path,
                Format = version,
                Model = json.Fields("model"),
                Settings = json.Fields("settings"),
                Data = json.Fields("data"),
                Position = TrainingPosition.Of(json.Need("position")),
                State = new StateBag(content.ReadAll()),
            };
        }
        catch (Exception e)
            when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CheckpointDamagedException(path, e);
        }
    }

    /// <summary>Checks that the checkpoint has all of a training's state.</summary>
    /// <exception cref="DlException"><c>CheckpointVersion</c>.</exception>
    public void RequireState()
    {
        if (Format < Version)
            throw new DlException("CheckpointVersion", DlErrorKind.InvalidData,
                $"The checkpoint has format version {Format}, "
                + "which lacks some of the state needed to continue the training. Load its model with Import-DlModel, "
                + "and start a new training in another folder.", Format);
    }

    public void Dispose() => State.Dispose();

    private static void CheckHash(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var left = file.Length - SHA256.HashSizeInBytes;
        if (left <= 0)
            throw new InvalidDataException("it is truncated");
        var buffer = new byte[1 << 16];
        while (left > 0)
        {
            var read = file.Read(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
            if (read == 0)
                throw new InvalidDataException("it is truncated");
            hash.AppendData(buffer.AsSpan(0, read));
            left -= read;
        }

        var written = new byte[SHA256.HashSizeInBytes];
        file.ReadExactly(written);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(written))
            throw new InvalidDataException("its checksum is wrong");
        file.Position = 0;
    }
}
