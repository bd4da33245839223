using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>The float32 memory of an optimizer's state tensors for a range of one parameter.</summary>
public readonly ref struct FusedState
{
    private readonly Tensor[] tensors;
    private readonly Range stretch;

    internal FusedState(Tensor[] tensors, Range stretch)
    {
        this.tensors = tensors;
        this.stretch = stretch;
    }

    /// <summary>The values of one state tensor, in the order of <c>StateNames</c>.</summary>
    public Span<float> this[int index] => CpuMemory.Floats(tensors[index])[stretch];
}
