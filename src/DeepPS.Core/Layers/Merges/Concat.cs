using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Concatenates its inputs along an axis, such as the channels.</summary>
/// <remarks>Inputs of the same sizes on all other axes; the sizes on the axis add up. PyTorch's <c>cat</c>, Keras'
/// <c>Concatenate</c>.</remarks>
[CatalogEntry("Concat", "Concatenate")]
public sealed record Concat : Layer
{
    /// <summary>The axis. The batch is axis 0, the first axis of a sample (channels) is 1, the last is -1.</summary>
    [Setting(Position = 0)]
    public int Axis { get; init; } = 1;

    protected internal override void Validate()
    {
        if (Axis == 0)
            throw SettingProblem.Of(this, nameof(Axis), "another axis than the batch's", Axis);
    }

    internal override bool KeepsSteps => Axis != 1;

    public override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        var rank = inputs[0].Rank;
        var axis = Axis < 0 ? rank + Axis : Axis - 1;
        if (inputs.Count < 2 || axis < 0 || axis >= rank || inputs.Any(input => !FitsBeside(input, inputs[0], axis)))
            throw new ShapeException(
                $"two inputs or more of the same sizes on every axis but axis {Axis}; name them with -From", inputs);
        return new Shape(inputs[0].Select((size, i) => i == axis ? inputs.Sum(input => input[i]) : size));
    }

    public override Forward Build(LayerBuilder builder) => (inputs, _) => cat(inputs.ToArray(), Axis);

    private static bool FitsBeside(Shape input, Shape first, int axis) =>
        input.Rank == first.Rank && Enumerable.Range(0, first.Rank).All(i => i == axis || input[i] == first[i]);
}
