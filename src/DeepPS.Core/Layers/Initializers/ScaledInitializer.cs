using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Base of initializers that scale the spread of the values by the inputs and outputs of a weight.</summary>
public abstract record ScaledInitializer : Initializer
{
    /// <summary>Whether the values are normal; else they are uniform.</summary>
    private protected bool IsNormal { get; init; }

    public sealed override void Fill(Tensor tensor, Fan fan, Generator generator)
    {
        if (IsNormal)
            tensor.normal_(0, Deviation(fan), generator);
        else
            tensor.uniform_(-Math.Sqrt(3) * Deviation(fan), Math.Sqrt(3) * Deviation(fan), generator);
    }

    /// <summary>The standard deviation for a fan.</summary>
    private protected abstract double Deviation(Fan fan);
}
