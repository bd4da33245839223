using System.Runtime.InteropServices;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>Copies of a training's state by name: tensors on the host, and arrays of numbers.</summary>
internal sealed class StateBag : IDisposable
{
    private readonly Dictionary<string, Tensor> tensors;
    private readonly string prefix;

    /// <summary>Makes an empty bag.</summary>
    public StateBag()
        : this([], "")
    {
    }

    /// <summary>Takes over tensors by name.</summary>
    public StateBag(Dictionary<string, Tensor> tensors)
        : this(tensors, "")
    {
    }

    private StateBag(Dictionary<string, Tensor> tensors, string prefix)
    {
        this.tensors = tensors;
        this.prefix = prefix;
    }

    /// <summary>All tensors with their whole names.</summary>
    public IEnumerable<(string Name, Tensor Value)> All => tensors.Select(pair => (pair.Key, pair.Value));

    /// <summary>The total size in bytes.</summary>
    public long Size => tensors.Values.Sum(tensor => tensor.numel() * tensor.element_size());

    /// <summary>The names under a part's own, as <c>part/name</c>.</summary>
    public StateBag Part(string name) => new(tensors, $"{prefix}{name}/");

    /// <summary>Whether a name exists.</summary>
    public bool Has(string name) => tensors.ContainsKey(prefix + name);

    /// <summary>Saves a copy of a tensor.</summary>
    public void Put(string name, Tensor value)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        tensors[prefix + name] = value.detach().cpu().clone().DetachFromDisposeScope();
    }

    /// <summary>Saves numbers exactly.</summary>
    public void Put(string name, params double[] values) =>
        tensors[prefix + name] = from_array(values).DetachFromDisposeScope();

    /// <summary>Makes room for numbers under a name, outside managed memory, to be written directly.</summary>
    public Span<double> Room(string name, int count)
    {
        var values = empty([count], ScalarType.Float64).DetachFromDisposeScope();
        tensors[prefix + name] = values;
        return MemoryMarshal.Cast<byte, double>(values.bytes);
    }

    /// <summary>Saves whole numbers.</summary>
    public void Put(string name, params long[] values) =>
        tensors[prefix + name] = from_array(values).DetachFromDisposeScope();

    /// <summary>Saves bytes.</summary>
    public void Put(string name, byte[] values) => tensors[prefix + name] = from_array(values).DetachFromDisposeScope();

    /// <summary>The tensor under a name. The bag still owns it.</summary>
    /// <exception cref="DlException"><c>CheckpointState</c>: the name does not exist.</exception>
    public Tensor Tensor(string name) => tensors.TryGetValue(prefix + name, out var value) ? value
        : throw new DlException("CheckpointState", DlErrorKind.InvalidData,
            $"The checkpoint has no '{prefix}{name}': it is of another model or of other settings of the training.",
            name);

    /// <summary>The numbers under a name.</summary>
    public double[] Doubles(string name) => Tensor(name).data<double>().ToArray();

    /// <summary>The whole numbers under a name.</summary>
    public long[] Longs(string name) => Tensor(name).data<long>().ToArray();

    /// <summary>The bytes under a name.</summary>
    public byte[] Bytes(string name) => Tensor(name).bytes.ToArray();

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
    }
}
