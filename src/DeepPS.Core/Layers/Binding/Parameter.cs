using DeepPS.Common;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>A named tensor of a network: a parameter (learned) or a buffer (kept).</summary>
public sealed class Parameter : IDisposable
{
    private readonly LayerScope? scope;
    private readonly (nn.Module Module, string Name)? home;

    internal Parameter(string name, Tensor value, LayerScope? scope = null,
        (nn.Module Module, string Name)? home = null)
    {
        Name = name;
        Value = value;
        this.scope = scope;
        this.home = home;
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
    public double? MaxNorm { get; private set; }

    /// <summary>The axis of its units, for <see cref="MaxNorm"/>.</summary>
    internal int UnitAxis { get; private set; }

    /// <summary>Its sizes.</summary>
    public Shape Shape => new(Value.shape);

    /// <summary>The module of torch's own that computes with the tensor, and so moves and frees it; null: there is
    /// none.</summary>
    internal nn.Module? Home => home?.Module;

    /// <summary>Frees the tensor.</summary>
    public void Dispose()
    {
        Value.Dispose();
        Home?.Dispose();
    }

    /// <summary>Limits the norm of the weights into each unit after a step.</summary>
    internal void LimitNorm(double? limit, int unitAxis) => (MaxNorm, UnitAxis) = (limit, unitAxis);

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
        if (home is var (module, name))
        {
            Value.grad = null;
            Value = module.to(device).get_parameter(name)!;
            return;
        }

        var old = Value;
        using (no_grad())
            Value = old.detach().to(device).requires_grad_(old.requires_grad).DetachFromDisposeScope();
        old.Dispose();
    }
}
