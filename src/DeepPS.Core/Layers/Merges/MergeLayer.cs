using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Base of element-wise merges of two or more inputs, of the same shape or with size 1 on axes to
/// broadcast.</summary>
public abstract record MergeLayer : Layer
{
    internal override bool KeepsSteps => true;

    public override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        CheckCount(inputs);
        var rank = inputs[0].Rank;
        if (inputs.Any(input => input.Rank != rank))
            throw new ShapeException("inputs of the same shape", inputs);
        var sizes = new long[rank];
        for (var axis = 0; axis < rank; axis++)
        {
            sizes[axis] = inputs.Max(input => input[axis]);
            if (inputs.Any(input => input[axis] != sizes[axis] && input[axis] != 1))
                throw new ShapeException("inputs of the same shape, or with 1 on axes along which they differ", inputs);
        }

        return new Shape(sizes);
    }

    public override Forward Build(LayerBuilder builder) => (inputs, _) => Merge(inputs);

    /// <summary>Merges a batch of each input.</summary>
    protected abstract Tensor Merge(IReadOnlyList<Tensor> inputs);

    /// <summary>Throws if there is only one input.</summary>
    private protected static void CheckCount(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count < 2)
            throw new ShapeException("two inputs or more; name them with -From", inputs);
    }
}
