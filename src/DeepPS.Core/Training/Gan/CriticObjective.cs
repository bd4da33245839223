using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The critic's objective: scores that tell real from generated samples. Its output is the scores of the real samples,
/// then those of the generated ones.
/// </summary>
/// <param name="game">The networks.</param>
/// <param name="rule">The loss.</param>
/// <param name="penalty">The factor of the gradient penalty; 0: none.</param>
/// <param name="random">Draws the places between real and generated samples.</param>
internal sealed class CriticObjective(Game game, GanObjective rule, double penalty, Generator random) : Objective
{
    /// <inheritdoc/>
    public override int SmallestPart => game.Maker.Buffers.Count + game.Critic.Buffers.Count > 0 ? 2 : 1;

    /// <summary>Draws a number from 0 to 1 for each sample; tests give their own.</summary>
    public Func<long, Tensor>? Draw { get; init; }

    /// <inheritdoc/>
    public override ObjectiveValue Compute(Batch batch)
    {
        Tensor generated;
        using (no_grad())
            generated = game.Generate(batch);
        game.MakingPenalty();
        var real = game.Real(batch);
        var (ofReal, ofGenerated) = (game.Judge(real, batch), game.Judge(generated, batch));
        var loss = rule.CriticLoss(ofReal, ofGenerated);
        var total = game.JudgingPenalty() is { } layers ? loss.add(layers) : loss;
        if (penalty > 0)
            total = total.add(GradientPenalty(real, generated, batch), penalty);
        return new ObjectiveValue(cat([ofReal.detach(), ofGenerated.detach()]), loss, total);
    }

    /// <inheritdoc/>
    public override DlException? Explain(ExternalException error, Batch batch) => penalty == 0 ? null
        : new DlException("GradientPenaltyNotSupported", DlErrorKind.InvalidOperation,
            "The gradient penalty needs second derivatives, and a layer of the critic has none: torch says "
            + $"\"{error.Message.Split('\n')[0].TrimEnd('.')}\". Use other layers, such as Dense and convolutions, or "
            + "-ClipWeight in place of -GradientPenalty.", null, error);

    /// <summary>
    /// The mean square of (norm - 1) over the gradients of the scores at points between real and generated samples.
    /// Gulrajani et al., Improved Training of Wasserstein GANs (2017).
    /// </summary>
    internal Tensor GradientPenalty(Tensor real, Tensor generated, Batch batch)
    {
        var share = Draw?.Invoke(batch.Count) ?? rand(batch.Count, device: real.device, generator: random);
        share = share.reshape([batch.Count, .. Enumerable.Repeat(1L, (int)real.dim() - 1)]);
        var between = lerp(generated, real, share).detach().requires_grad_();
        var scores = game.Judge(between, batch);
        game.JudgingPenalty();
        Tensor slope;
        try
        {
            slope = Gradients.Differentiable(scores.sum(), between);
        }
        catch (ExternalException e) when (!MemoryShortage.Is(e))
        {
            throw Explain(e, batch)!;
        }

        // The root of 0 has no gradient.
        return slope.flatten(1).square().sum(1).add(1e-12).sqrt().sub(1).square().mean();
    }
}
