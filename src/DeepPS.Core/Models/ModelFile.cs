using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>Model files: a safetensors file whose values are the model's parameters and buffers, and whose metadata
/// holds, as JSON under <c>deepps</c>, everything else. Any tool that reads safetensors reads the weights.</summary>
public static class ModelFile
{
    /// <summary>The version of the JSON that this release writes, and the newest that it reads.</summary>
    public const int Version = 3;

    private const string Key = "deepps";

    /// <summary>Writes a model to a file; the file is replaced as a whole or not at all.</summary>
    /// <param name="model">A model with a known input shape.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="DlException"><c>ModelNotBound</c>: the model has no parameters yet.</exception>
    public static void Save(Model model, string path)
    {
        var network = model.Network ?? throw new DlException("ModelNotBound", DlErrorKind.InvalidOperation,
            $"Model '{model.Name}' has no parameters yet: its input shape is unknown. Train it, or use New-DlModel "
            + "-InputShape.", model);
        var json = ModelJson.Write(model).ToJsonString();
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [Key] = json };
        AtomicFile.Write(path,
            stream => SafeTensors.Write(stream, network.State.Select(p => (p.Name, p.Value)), metadata));
    }

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DlException"><c>FileNotFound</c>, <c>NotAModelFile</c>, <c>ModelFileDamaged</c> (cut short, or
    /// weights that do not fit the layers) or <c>ModelFileVersion</c> (from a newer release).</exception>
    public static Model Load(string path)
    {
        if (!Path.Exists(path))
            throw new DlException("FileNotFound", DlErrorKind.NotFound, $"There is no file '{path}'.", path);
        TorchRuntime.Ensure();
        try
        {
            using var stream = File.OpenRead(path);
            var (tensors, metadata) = SafeTensors.Read(stream);
            try
            {
                return Assemble(path, tensors, metadata);
            }
            finally
            {
                foreach (var tensor in tensors.Values)
                    tensor.Dispose();
            }
        }
        catch (InvalidDataException e)
        {
            throw new DlException("ModelFileDamaged", DlErrorKind.InvalidData,
                $"'{path}' is not a whole model file: {e.Message}. Use another copy, or save the model again.", path,
                e);
        }
    }

    private static Model Assemble(string path, Dictionary<string, Tensor> tensors, Dictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(Key, out var text))
            throw new DlException("NotAModelFile", DlErrorKind.InvalidData,
                $"'{path}' holds tensors, but no DeepPS model. Files made by Export-DlModel do.", path);
        var json = JsonNode.Parse(text)!;
        var version = json["version"]!.GetValue<int>();
        if (version > Version)
            throw new DlException("ModelFileVersion", DlErrorKind.InvalidData,
                $"'{path}' has format version {version}; this release reads up to {Version}. Update DeepPS to load "
                + "it.", path);
        var model = ModelJson.Read(json);
        foreach (var parameter in model.Network!.State)
        {
            if (!tensors.TryGetValue(parameter.Name, out var values))
                throw new InvalidDataException($"the values of '{parameter.Name}' are not in it");
            if (!values.shape.AsSpan().SequenceEqual(parameter.Value.shape))
                throw new InvalidDataException(
                    $"'{parameter.Name}' is {new Shape(values.shape)}, but its layer needs {parameter.Shape}");
            parameter.Load(values);
        }

        return model;
    }
}
