using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Projected gradient descent: several small steps along the sign of the loss's gradient, each kept within
/// Epsilon of the input.</summary>
/// <remarks>Madry and others, Towards deep learning models resistant to adversarial attacks (2018); Kurakin, Goodfellow
/// and Bengio (2017) without a random start.</remarks>
[CatalogEntry("Pgd", "ProjectedGradientDescent")]
public sealed record Pgd : Attack
{
    /// <summary>Together the steps may go this many times as far as Epsilon.</summary>
    private const double Reach = 2.5;

    /// <summary>Number of steps.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int Steps { get; init; } = 10;

    /// <summary>The size of a step, in the unit of Epsilon. Default: 2.5 Epsilon / Steps.</summary>
    [Setting(Position = 2, Minimum = 0)]
    public double? StepSize { get; init; }

    /// <summary>Whether the first step starts at the input itself instead of a random place within Epsilon.</summary>
    [Setting]
    public bool FromInput { get; init; }

    internal override Tensor[] Change(AttackedModel model, Tensor[] inputs, Tensor targets, bool targeted,
        Generator random)
    {
        var changed = FromInput ? inputs : model.Noise(inputs, Epsilon, random);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            var next = model.Step(changed, inputs, targets, targeted, StepSize ?? Reach * Epsilon / Steps, Epsilon);
            changed = next.Select((tensor, i) => ReferenceEquals(tensor, inputs[i]) ? tensor
                : tensor.MoveToOuterDisposeScope()).ToArray();
        }

        return changed;
    }
}
