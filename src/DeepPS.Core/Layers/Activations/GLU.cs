using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The first half of an axis times the sigmoid of the second half: a gate, which halves the axis.</summary>
/// <remarks>Behind a layer as its activation, the layer has twice as many outputs as come out. PyTorch's <c>nn.GLU</c>.
/// From Dauphin and others (2016).</remarks>
[CatalogEntry("GLU")]
public sealed record GLU : FixedActivation
{
    /// <summary>The axis, the batch being axis 0: 1 is the first axis of a sample, such as channels, -1 the
    /// last.</summary>
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
