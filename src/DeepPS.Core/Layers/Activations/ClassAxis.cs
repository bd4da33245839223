using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Base of activations over classes.</summary>
public abstract record ClassAxis : FixedActivation
{
    /// <summary>The axis of the classes. The batch is axis 0, the first axis of a sample is 1, the last is
    /// -1.</summary>
    [Setting(Position = 0)]
    public int Axis { get; init; } = 1;

    private protected override bool Sums => true;

    protected internal override void Validate()
    {
        if (Axis == 0)
            throw SettingProblem.Of(this, nameof(Axis), "another axis than the batch's", Axis);
    }

    protected override Shape OutputShape(Shape input)
    {
        Validate();
        return Math.Abs(Axis) <= input.Rank ? input
            : throw new ShapeException($"classes on axis {Axis} (rank {Math.Abs(Axis)} or more)", input);
    }
}
