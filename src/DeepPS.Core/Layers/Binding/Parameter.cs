using DeepPS.Common;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>A named tensor of a network: a parameter (trained) or a buffer (not trained).</summary>
public sealed class Parameter : IDisposable
{
    /// <summary>The end of the name of a mask, after that of its parameter.</summary>
    internal const string MaskSuffix = "_mask";

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

    /// <summary>The tensor. Moving the network to another device replaces it.</summary>
    public Tensor Value { get; private set; }

    /// <summary>The number of values.</summary>
    public long Size => Value.numel();

    /// <summary>Whether its layer is frozen, so training leaves it unchanged.</summary>
    public bool Frozen => scope?.Frozen ?? false;

    /// <summary>The learning rate of its layer; null for the optimizer's.</summary>
    public double? LearningRate => scope?.LearningRate;

    /// <summary>The factor on the optimizer's learning rate, if its layer has none of its own.</summary>
    internal double LearningRateFactor => scope?.LearningRateFactor ?? 1;

    /// <summary>The weight decay of its layer; null for the optimizer's.</summary>
    public double? WeightDecay => scope?.WeightDecay;

    /// <summary>The largest norm of the weights into each unit after a step; null for no limit.</summary>
    public double? MaxNorm { get; private set; }

    /// <summary>The axis of its units, for <see cref="MaxNorm"/>.</summary>
    internal int UnitAxis { get; private set; }

    /// <summary>Whether its rows are the vectors of an embedding.</summary>
    internal bool IsTable { get; set; }

    /// <summary>The mask of a weight of a pruned layer, a buffer: true where the weight is kept, false where it is 0.
    /// Null: the weight is not pruned.</summary>
    public Parameter? Mask { get; internal set; }

    /// <summary>Its sizes.</summary>
    public Shape Shape => new(Value.shape);

    /// <summary>The torch module that owns the tensor; null if there is none.</summary>
    internal nn.Module? Home => home?.Module;

    /// <summary>Frees the tensor.</summary>
    public void Dispose()
    {
        Value.Dispose();
        Home?.Dispose();
    }

    /// <summary>Limits the norm of the weights into each unit after a step.</summary>
    internal void LimitNorm(double? limit, int unitAxis) => (MaxNorm, UnitAxis) = (limit, unitAxis);

    /// <summary>Copies values to the tensor, which stays the same object.</summary>
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
