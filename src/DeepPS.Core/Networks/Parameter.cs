using static TorchSharp.torch;

namespace DeepPS;

/// <summary>A named tensor of a network: a parameter (learned) or a buffer (kept).</summary>
public sealed class Parameter : IDisposable
{
    private readonly LayerScope? scope;

    internal Parameter(string name, Tensor value, LayerScope? scope = null)
    {
        Name = name;
        Value = value;
        this.scope = scope;
    }

    /// <summary>Its name in the network, such as <c>dense1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The tensor. It is another one after the network has moved to another device.</summary>
    public Tensor Value { get; private set; }

    /// <summary>How many numbers it has.</summary>
    public long Size => Value.numel();

    /// <summary>Whether training leaves it as it is, because its layer is frozen.</summary>
    public bool Frozen => scope?.Frozen ?? false;

    /// <summary>The learning rate that its layer asks for; null: the optimizer's.</summary>
    public double? LearningRate => scope?.LearningRate;

    /// <summary>The weight decay that its layer asks for; null: the optimizer's.</summary>
    public double? WeightDecay => scope?.WeightDecay;

    /// <summary>The largest norm of the weights into each unit after a step; null: any.</summary>
    public double? MaxNorm { get; internal set; }

    /// <summary>Its sizes.</summary>
    public Shape Shape => new(Value.shape);

    /// <summary>Frees the tensor.</summary>
    public void Dispose() => Value.Dispose();

    /// <summary>Writes values into the tensor, which stays the same object.</summary>
    public void Load(Tensor values)
    {
        using (no_grad())
            Value.copy_(values);
    }

    internal void MoveTo(Device device)
    {
        if (Value.device.Equals(device))
            return;
        var old = Value;
        using (no_grad())
            Value = old.detach().to(device).requires_grad_(old.requires_grad).DetachFromDisposeScope();
        old.Dispose();
    }
}
