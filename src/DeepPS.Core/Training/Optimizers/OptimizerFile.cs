using System.Globalization;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>An optimizer's state as a safetensors file: its tensors by name, and in the metadata which rule it is of.</summary>
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

    /// <summary>How many steps were taken.</summary>
    public long Count { get; }

    public static void Write(Stream stream, Optimizer optimizer, long count, IEnumerable<(string Name, Tensor Value)> state) =>
        SafeTensors.Write(stream, state, new Dictionary<string, string>
        {
            [RuleKey] = ItemJson.Write(optimizer).ToJsonString(),
            [CountKey] = count.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>Reads a file of the same rule.</summary>
    public static OptimizerFile Read(Stream stream, Optimizer optimizer)
    {
        try
        {
            var (tensors, metadata) = SafeTensors.Read(stream);
            _ = long.TryParse(metadata.GetValueOrDefault(CountKey), CultureInfo.InvariantCulture, out var count);
            var file = new OptimizerFile(tensors, count);
            var (rule, wanted) = (metadata.GetValueOrDefault(RuleKey), ItemJson.Write(optimizer).ToJsonString());
            if (rule == wanted)
                return file;
            file.Dispose();
            throw Problem($"is of {rule ?? "no optimizer"}, not of {wanted}");
        }
        catch (InvalidDataException e)
        {
            throw Problem($"is not whole: {e.Message}", e);
        }
    }

    /// <summary>Whether there is a tensor with a name.</summary>
    public bool Has(string name) => tensors.ContainsKey(name);

    /// <summary>The tensor with a name.</summary>
    /// <exception cref="DlException"><c>OptimizerState</c>: there is none, or its sizes are others.</exception>
    public Tensor Take(string name, ReadOnlySpan<long> shape)
    {
        if (!tensors.TryGetValue(name, out var tensor))
            throw Problem($"has no '{name}'");
        return tensor.shape.AsSpan().SequenceEqual(shape) ? tensor
            : throw Problem($"has '{name}' as {string.Join("x", tensor.shape)}; the parameter is {string.Join("x", shape.ToArray())}");
    }

    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
    }

    private static DlException Problem(string what, Exception? inner = null) => new("OptimizerState", DlErrorKind.InvalidData,
        $"The optimizer state {what}. Load a state into the optimizer and the network that it was saved from.", null, inner);
}
