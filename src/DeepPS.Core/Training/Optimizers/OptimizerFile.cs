using System.Globalization;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>An optimizer's state as a safetensors file: its tensors by name, and its rule in the metadata.</summary>
internal sealed class OptimizerFile : IDisposable
{
    private const string RuleKey = "optimizer";
    private const string CountKey = "steps";
    private readonly Dictionary<string, Tensor> tensors;

    private OptimizerFile(Dictionary<string, Tensor> tensors, long count)
    {
        this.tensors = tensors;
        Count = count;
    }

    /// <summary>The number of steps taken.</summary>
    public long Count { get; }

    public static void Write(
        Stream stream, Optimizer optimizer, long count, IEnumerable<(string Name, Tensor Value)> state) =>
        SafeTensors.Write(stream, state, new Dictionary<string, string>
        {
            [RuleKey] = ItemJson.Write(optimizer).ToJsonString(),
            [CountKey] = count.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>Reads a file that the same rule has written.</summary>
    public static OptimizerFile Read(Stream stream, Optimizer optimizer)
    {
        try
        {
            var content = SafeTensorsFile.Open(stream);
            var (tensors, metadata) = (content.ReadAll(), content.Metadata);
            _ = long.TryParse(metadata.GetValueOrDefault(CountKey), CultureInfo.InvariantCulture, out var count);
            var file = new OptimizerFile(tensors, count);
            var (rule, expected) = (metadata.GetValueOrDefault(RuleKey), ItemJson.Write(optimizer).ToJsonString());
            if (rule == expected)
                return file;
            file.Dispose();
            throw Problem($"belongs to {rule ?? "no optimizer"}, not to {expected}");
        }
        catch (InvalidDataException e)
        {
            throw Problem($"is damaged: {e.Message}", e);
        }
    }

    /// <summary>Whether there is a tensor with a name.</summary>
    public bool Has(string name) => tensors.ContainsKey(name);

    /// <summary>The tensor with a name.</summary>
    /// <exception cref="DlException"><c>OptimizerState</c>: there is none, or it has another shape.</exception>
    public Tensor Take(string name, ReadOnlySpan<long> shape)
    {
        if (!tensors.TryGetValue(name, out var tensor))
            throw Problem($"has no '{name}'");
        return tensor.shape.AsSpan().SequenceEqual(shape) ? tensor
            : throw Problem($"has '{name}' with shape {string.Join("x", tensor.shape)}; the parameter's is "
                + string.Join("x", shape.ToArray()));
    }

    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
    }

    private static DlException Problem(string problem, Exception? inner = null) => new(
        "OptimizerState", DlErrorKind.InvalidData,
        $"The optimizer state {problem}. Load a state into the optimizer and the network from which it was saved.",
        null, inner);
}
