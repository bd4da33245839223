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

    /// <summary>The sizes of the tensor under a name; null if there is none.</summary>
    public IReadOnlyList<long>? SizesOf(string name) => tensors.GetValueOrDefault(prefix + name)?.shape;

    /// <summary>The numbers under a name.</summary>
    /// <exception cref="DlException"><c>CheckpointState</c>: there are none.</exception>
    public double[] Doubles(string name) => Numbers(name, ScalarType.Float64).data<double>().ToArray();

    /// <summary>The number under a name.</summary>
    /// <exception cref="DlException"><c>CheckpointState</c>: there is none.</exception>
    public double Double(string name) => Doubles(name) is [var number] ? number : throw Wrong(name);

    /// <summary>The whole numbers under a name.</summary>
    /// <exception cref="DlException"><c>CheckpointState</c>: there are not as many.</exception>
    public long[] Longs(string name, int count) =>
        Numbers(name, ScalarType.Int64).data<long>().ToArray() is var numbers && numbers.Length == count ? numbers
            : throw Wrong(name);

    /// <summary>The whole number under a name.</summary>
    /// <exception cref="DlException"><c>CheckpointState</c>: there is none.</exception>
    public long Long(string name) => Longs(name, 1)[0];

    /// <summary>The bytes under a name.</summary>
    public byte[] Bytes(string name) => Tensor(name).bytes.ToArray();

    private Tensor Numbers(string name, ScalarType type) =>
        Tensor(name) is var tensor && tensor.dtype == type ? tensor : throw Wrong(name);

    private DlException Wrong(string name) => new("CheckpointState", DlErrorKind.InvalidData,
        $"The checkpoint's '{prefix}{name}' is not of the expected type or size: it was changed after it was written. "
        + "Continue from another checkpoint.", name);

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
    }
}
