using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>A training as of the end of a step: everything that going on from there needs, but the data.</summary>
internal sealed class Checkpoint : IDisposable
{
    /// <summary>
    /// The version of the format that this release writes, and the newest that it reads. Version 1 had the model's history in its JSON,
    /// and not all of a training's state.
    /// </summary>
    private const int Version = 2;

    private const string Key = "deepps-checkpoint";

    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = Version;

    /// <summary>The model without its weights and its history.</summary>
    public required JsonObject Model { get; init; }

    /// <summary>How the model is trained.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>What the data is known by.</summary>
    public required JsonObject Data { get; init; }

    /// <summary>Epochs and steps that are done.</summary>
    public required TrainingPosition Position { get; init; }

    /// <summary>Weights, optimizer, random numbers, the epochs so far and the rest.</summary>
    public required StateBag State { get; init; }

    /// <summary>
    /// Writes a checkpoint: a safetensors file with its SHA-256 behind it. The file is there whole or not at all, whatever
    /// happens while it is written.
    /// </summary>
    /// <exception cref="IOException">It cannot be written: the disk is full.</exception>
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
            SafeTensors.Write(hashed, State.All, new Dictionary<string, string> { [Key] = json.ToJsonString() });
            stream.Write(hash.GetHashAndReset());
        });
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="DlException"><c>CheckpointDamaged</c>: it is not as it was written; <c>CheckpointVersion</c>.</exception>
    public static Checkpoint Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            CheckHash(file);
            var (tensors, metadata) = SafeTensors.Read(file);
            var state = new StateBag(tensors);
            var json = metadata.TryGetValue(Key, out var text) ? JsonNode.Parse(text)! : throw new InvalidDataException("it is no checkpoint");
            var version = (int)json["version"]!;
            if (version > Version)
                throw new DlException("CheckpointVersion", DlErrorKind.InvalidData,
                    $"'{path}' is of format version {version}; this release reads up to {Version}. Update DeepPS to go on from it.", path);
            return new Checkpoint
            {
                Format = version,
                Model = json["model"]!.AsObject(),
                Settings = json["settings"]!.AsObject(),
                Data = json["data"]!.AsObject(),
                Position = TrainingPosition.Of(json["position"]!),
                State = state,
            };
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or NullReferenceException)
        {
            throw new CheckpointDamagedException(path, e);
        }
    }

    /// <summary>Refuses to go on from a checkpoint that has not all of a training's state.</summary>
    /// <exception cref="DlException"><c>CheckpointVersion</c>.</exception>
    public void RequireState()
    {
        if (Format < Version)
            throw new DlException("CheckpointVersion", DlErrorKind.InvalidData, $"The checkpoint is of format version {Format}, which does not hold all that "
                + "going on with its training needs. Import-DlModel takes its model; begin the training anew in another folder.", Format);
    }

    public void Dispose() => State.Dispose();

    private static void CheckHash(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var left = file.Length - SHA256.HashSizeInBytes;
        if (left <= 0)
            throw new InvalidDataException("it is cut short");
        var buffer = new byte[1 << 16];
        while (left > 0)
        {
            var read = file.Read(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
            if (read == 0)
                throw new InvalidDataException("it is cut short");
            hash.AppendData(buffer.AsSpan(0, read));
            left -= read;
        }

        var written = new byte[SHA256.HashSizeInBytes];
        file.ReadExactly(written);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(written))
            throw new InvalidDataException("its bytes are not those that were written");
        file.Position = 0;
    }
}
