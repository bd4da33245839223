using DeepPS.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class EmbeddingLossTests
{
    public static TheoryData<EmbeddingLoss> All =>
        [new Prototypical { Shot = 2 }, new BatchHardTriplet(), new BatchContrastive()];

    [Theory]
    [MemberData(nameof(All))]
    public void ABatchThatHasNothingToCompareGivesNoLossAndNoGradient(EmbeddingLoss loss)
    {
        using var scope = NewDisposeScope();
        var output = randn(1, 4).requires_grad_(true);
        var value = loss.Compute(output, zeros(1, dtype: ScalarType.Int64));
        value.backward();
        Assert.Equal(0, value.ToDouble());
        Assert.Equal(0, output.grad!.abs().sum().ToDouble());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void EqualEmbeddingsHaveFiniteGradients(EmbeddingLoss loss)
    {
        using var scope = NewDisposeScope();
        var output = ones(8, 3).requires_grad_(true);
        loss.Compute(output, tensor(new long[] { 0, 1, 0, 1, 0, 1, 0, 1 })).backward();
        Assert.True(output.grad!.isfinite().all().ToBoolean());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ClassesThatAreFarApartHaveASmallLoss(EmbeddingLoss loss)
    {
        using var scope = NewDisposeScope();
        var target = tensor(new long[] { 0, 1, 0, 1, 0, 1, 0, 1 });
        var apart = target.to(ScalarType.Float32).mul(9).unsqueeze(1).expand(8, 3);
        Assert.InRange(loss.Compute(apart, target).ToDouble(), 0, 1e-5);
        Assert.True(loss.Compute(zeros(8, 3), target).ToDouble() > 0.2);
    }
}
