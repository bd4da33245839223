using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The first half of an axis times the sigmoid of the second half (a gate). The axis is halved.</summary>
/// <remarks>A layer with this activation needs twice as many units as it gives outputs. PyTorch's <c>nn.GLU</c>. From
/// Dauphin and others (2016).</remarks>
[CatalogEntry("GLU")]
public sealed record GLU : FixedActivation
{
    /// <summary>The axis to halve. The batch is axis 0, the first axis of a sample (channels) is 1, the last is
    /// -1.</summary>
    [Setting(Position = 0)]
    public int Axis { get; init; } = -1;

    protected internal override void Validate()
    {
        if (Axis == 0)
            throw SettingProblem.Of(this, nameof(Axis), "another axis than the batch's", Axis);
    }

    public override Tensor Apply(Tensor input) => F.glu(input, Axis);

    protected override Shape OutputShape(Shape input)
    {
        Validate();
        var axis = Axis < 0 ? input.Rank + Axis : Axis - 1;
        return axis >= 0 && axis < input.Rank && input[axis] % 2 == 0
            ? new Shape(input.Select((size, i) => i == axis ? size / 2 : size))
            : throw new ShapeException($"an even number of places on axis {Axis}", input);
    }
}
