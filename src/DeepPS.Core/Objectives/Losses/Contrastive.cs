using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Contrastive loss for pairs: embeddings of matching pairs get close, others a margin apart.</summary>
/// <remarks>Output (batch, 2, size), target (batch) of two classes: D^2 / 2 for class 1 (matching), and max(0, Margin -
/// D)^2 / 2 for class 0; D is the distance (Hadsell, Chopra and LeCun, Dimensionality reduction by learning an
/// invariant mapping, 2006, where similar pairs are class 0). A pair is predicted as matching below half the
/// margin.</remarks>
[CatalogEntry("Contrastive")]
public sealed record Contrastive : PairLoss
{
    /// <summary>The distance between embeddings of pairs that do not match. Must be above 0.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Margin { get; init; } = 1;

    protected internal override void Validate()
    {
        if (Margin == 0)
            throw SettingProblem.Of(this, nameof(Margin), "a number above 0", Margin);
    }

    private protected override Tensor Likeness(Tensor first, Tensor second) =>
        Distance(Square(first, second)).neg().add(Margin / 2);

    private protected override Tensor Losses(Tensor first, Tensor second, Tensor target)
    {
        var square = Square(first, second);
        var apart = Distance(square).neg().add(Margin).clamp_min(0).square();
        return square.mul(target).add(apart.mul(target.neg().add(1))).mul(0.5);
    }

    private static Tensor Square(Tensor first, Tensor second) => first.sub(second).square().sum(1);

    /// <summary>The square root, with a finite gradient at 0.</summary>
    private static Tensor Distance(Tensor square) => square.add(1e-12).sqrt();
}
