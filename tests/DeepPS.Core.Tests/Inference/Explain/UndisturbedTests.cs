using DeepPS.Common;
using DeepPS.Inference;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class UndisturbedTests
{
    /// <summary>A weight that changes between the forward and the backward pass, as by a training, makes torch refuse;
    /// the next attempt succeeds. If it always changes, the error says so.</summary>
    [Fact]
    public void AGradientOfChangingWeightsIsComputedAgain()
    {
        using var scope = NewDisposeScope();
        var (weight, x) = (ones(3, requires_grad: true), arange(3, dtype: ScalarType.Float32).requires_grad_());
        var attempts = 0;
        var gradient = Undisturbed.Run(() => Gradient(disturbed: ++attempts < 3));
        Assert.Equal(3, attempts);
        Assert.Equal(weight.data<float>().ToArray(), gradient.data<float>().ToArray());
        Assert.Equal("ModelInTraining",
            Assert.Throws<DlException>(() => Undisturbed.Run(() => Gradient(disturbed: true))).Id);

        Tensor Gradient(bool disturbed)
        {
            var output = x.mul(weight).sum();
            if (disturbed)
                using (no_grad())
                    weight.add_(1);
            return ExplainedBatch.Derivative(output, [x])[0];
        }
    }
}
