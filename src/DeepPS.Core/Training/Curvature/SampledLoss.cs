using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The loss against targets that are drawn from the network's own predictions. The covariance of its gradient is the
/// Fisher matrix, which for these losses is the Gauss-Newton matrix too. Martens, New insights and perspectives on the
/// natural gradient method (2014), 5 and 9.
/// </summary>
internal static class SampledLoss
{
    /// <summary>Whether a loss is a distribution from which targets can be drawn.</summary>
    public static bool Takes(Loss loss) => loss is MSELoss or CrossEntropy or NLL or BinaryCrossEntropy;

    /// <summary>The sum over the samples, scaled so that the covariance of a sample's gradient is the curvature of its
    /// loss, also if that is a mean over several numbers or places.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="output">The network's output, batch first.</param>
    /// <param name="target">The true targets, for their shape and their gaps.</param>
    /// <param name="generator">The source of random numbers; null: torch's own.</param>
    public static Tensor Of(Loss loss, Tensor output, Tensor target, Generator? generator)
    {
        Tensor drawn;
        using (no_grad())
            drawn = Draw(loss, output.detach(), target, generator);
        var samples = target.shape[0];
        return loss.Compute(output, drawn).mul(samples * Math.Sqrt((double)target.numel() / samples));
    }

    private static Tensor Draw(Loss loss, Tensor output, Tensor target, Generator? generator)
    {
        if (loss is MSELoss)
            // (y - o)^2 is minus the log density of a normal distribution with variance 1/2.
            return output.add(randn(output.shape, device: output.device, generator: generator), Math.Sqrt(0.5))
                .masked_fill(target.isnan(), double.NaN);
        if (target.is_floating_point())
            return bernoulli(output.sigmoid(), generator);
        var chances = loss.Probabilities(OutputForm.Flat(output, target.shape.AsSpan(1)))!;
        var classes = multinomial(chances, 1, generator: generator).reshape(target.shape);
        return where(target.lt(0), target, classes);
    }
}
