using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>A layer that makes one output of two inputs or more, number by number: inputs of the same shape, or with a
/// 1 on axes along which one input counts for all places.</summary>
public abstract record MergeLayer : Layer
{
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

    /// <summary>Merges the batches of the inputs.</summary>
    protected abstract Tensor Merge(IReadOnlyList<Tensor> inputs);

    /// <summary>Refuses one input alone: a merge names its inputs.</summary>
    private protected static void CheckCount(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count < 2)
            throw new ShapeException("two inputs or more; name them with -From", inputs);
    }
}
