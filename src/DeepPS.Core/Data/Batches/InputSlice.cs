using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Neighbouring numbers of each sample of an input: a column of a table, a step of a window.</summary>
/// <param name="Input">The place of the input among those of the network.</param>
/// <param name="Axis">The axis of a batch that is cut, from 1; 0: the whole input.</param>
/// <param name="First">The first place on the axis.</param>
/// <param name="Count">The number of places.</param>
internal sealed record InputSlice(int Input, int Axis, int First, int Count)
{
    /// <summary>A whole input.</summary>
    public static InputSlice Whole(int input) => new(input, 0, 0, 0);

    /// <summary>The slice of a batch of its input, which shares its numbers.</summary>
    public Tensor Of(Tensor batch) => Axis == 0 ? batch : batch.narrow(Axis, First, Count);
}
