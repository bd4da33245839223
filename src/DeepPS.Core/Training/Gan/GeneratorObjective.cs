using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>The generator's objective: samples that the critic takes for real ones.</summary>
internal sealed class GeneratorObjective(Game game, GanObjective rule) : Objective
{
    /// <inheritdoc/>
    public override int SmallestPart => game.Maker.Buffers.Count + game.Critic.Buffers.Count > 0 ? 2 : 1;

    /// <inheritdoc/>
    public override ObjectiveValue Compute(Batch batch)
    {
        var samples = game.Generate(batch);
        Tensor scores;
        // The critic does not learn here: gradients of its parameters would be computed for nothing.
        var learning = game.Critic.Parameters.Where(parameter => parameter.Value.requires_grad).ToArray();
        try
        {
            foreach (var parameter in learning)
                parameter.Value.requires_grad = false;
            scores = game.Judge(samples, batch);
        }
        finally
        {
            foreach (var parameter in learning)
                parameter.Value.requires_grad = true;
        }

        var loss = rule.GeneratorLoss(scores);
        return new ObjectiveValue(samples, loss, game.MakingPenalty() is { } penalty ? loss.add(penalty) : loss);
    }
}
