using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>The state of the players of a step loop in a checkpoint.</summary>
internal static class StepLoopState
{
    /// <summary>Saves optimizers, parts of batches, and the networks of all players but the first.</summary>
    public static void Save(IReadOnlyList<BatchFit> turns, StateBag state)
    {
        foreach (var (i, turn) in turns.Index())
        {
            var part = PartOf(state, i);
            if (i > 0)
                NetworkWeights.Save(turn.Pass.Player.Network, part);
            turn.Pass.Player.Save(part);
            part.Put("parts", turn.Pass.Parts);
        }
    }

    /// <summary>
    /// Restores the state that <see cref="Save"/> saved; the first player's network has its weights already.
    /// </summary>
    public static void Load(IReadOnlyList<BatchFit> turns, StateBag state)
    {
        foreach (var (i, turn) in turns.Index())
        {
            var part = PartOf(state, i);
            if (i > 0)
                NetworkWeights.Load(turn.Pass.Player.Network, part);
            turn.Pass.Player.Load(part);
            turn.Pass.Parts = (int)part.Long("parts");
        }
    }

    /// <summary>The first player's state has the names that a training of one player has always had.</summary>
    private static StateBag PartOf(StateBag state, int player) =>
        player == 0 ? state : state.Part($"player{player + 1}");
}
