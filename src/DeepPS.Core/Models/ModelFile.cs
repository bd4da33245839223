using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>Model files: a safetensors file whose values are the model's parameters and buffers, and whose metadata
/// holds, as JSON under <c>deepps</c>, everything else, and the SHA-256 of the file. Any tool that reads safetensors
/// reads the weights.</summary>
public static class ModelFile
{
    /// <summary>The newest version of the JSON that this release reads. It is that of a file whose weights are pruned
    /// or quantized, which earlier releases would not read rightly.</summary>
    public const int Version = 4;

    /// <summary>The version of all other files.</summary>
    internal const int PlainVersion = 3;

    private const string Key = "deepps";
    private const string Checksum = "checksum";

    /// <summary>Writes a model to a file; the file is replaced as a whole or not at all.</summary>
    /// <param name="model">A model with a known input shape.</param>
    /// <param name="path">The file.</param>
    /// <param name="quantize">How weights are stored.</param>
    /// <exception cref="DlException"><c>ModelNotBound</c>: the model has no parameters yet.</exception>
    public static void Save(Model model, string path, Quantization quantize = Quantization.None)
    {
        var network = model.Network ?? throw new DlException("ModelNotBound", DlErrorKind.InvalidOperation,
            $"Model '{model.Name}' has no parameters yet: its input shape is unknown. Train it, or use New-DlModel "
            + "-InputShape.", model);
        var json = ModelJson.Write(model);
        // Damage to the name of the checksum itself must not turn the file into an earlier one without a checksum.
        json[Checksum] = SafeTensors.HashKey;
        if (CodedWeights.AreIn(network, quantize))
            json["version"] = Version;
        if (CodedWeights.Shapes(network) is { } shapes)
            json[CodedWeights.Sparse] = shapes;
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [Key] = json.Write() };
        AtomicFile.Write(path, stream =>
        {
            using var scope = NewDisposeScope();
            SafeTensors.Write(stream, CodedWeights.Of(network, quantize), metadata, hashed: true);
        });
    }

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DlException"><c>FileNotFound</c>, <c>NotAModelFile</c>, <c>ModelFileDamaged</c> (cut short, a
    /// wrong checksum, or weights that do not fit the layers) or <c>ModelFileVersion</c> (from a newer
    /// release).</exception>
    public static Model Load(string path)
    {
        if (!Path.Exists(path))
            throw new DlException("FileNotFound", DlErrorKind.NotFound, $"There is no file '{path}'.", path);
        TorchRuntime.Ensure();
        try
        {
            using var stream = SharedFile.Open(path);
            return Read(path, SafeTensorsFile.Open(stream));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(path, e is InvalidDataException ? e.Message : "it ends too early", e);
        }
    }

    private static Model Read(string path, SafeTensorsFile file)
    {
        if (!file.Metadata.TryGetValue(Key, out var text))
            throw new DlException("NotAModelFile", DlErrorKind.InvalidData,
                $"'{path}' holds tensors, but no DeepPS model. Files made by Export-DlModel do.", path);
        if (file.IsHashed)
            file.CheckHash();
        var json = SafeJson.Parse(text);
        var version = json.Whole("version");
        if (version > Version)
            throw new DlException("ModelFileVersion", DlErrorKind.InvalidData,
                $"'{path}' has format version {version}; this release reads up to {Version}. Update DeepPS to load "
                + "it.", path);
        if (!file.IsHashed && json.ContainsKey(Checksum))
            throw new InvalidDataException("its checksum is missing");
        var stored = new StoredWeights(file, json);
        var model = ReadModel(path, json, stored);
        try
        {
            foreach (var parameter in model.Network!.State)
            {
                using var scope = NewDisposeScope();
                parameter.Load(stored.Read(parameter.Name, scope));
            }

            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The model without its values. An error in its settings is one of the file.</summary>
    private static Model ReadModel(string path, JsonObject json, StoredWeights stored)
    {
        try
        {
            return ModelJson.Read(json, stored.SizesOf);
        }
        catch (DlException e) when (
            e.Kind is DlErrorKind.InvalidArgument or DlErrorKind.InvalidData or DlErrorKind.NotFound)
        {
            throw Damaged(path, $"the model in it is not valid ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static DlException Damaged(string path, string why, Exception cause) =>
        new("ModelFileDamaged", DlErrorKind.InvalidData,
            $"'{path}' is not a whole model file: {why}. Use another copy, or save the model again.", path, cause);
}
