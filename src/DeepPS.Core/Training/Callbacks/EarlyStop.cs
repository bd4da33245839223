using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Watches one value of each epoch and ends a training that no longer improves.</summary>
/// <param name="settings">When to stop.</param>
/// <param name="network">The network.</param>
/// <param name="epochs">Finds the best epoch.</param>
/// <param name="log">Called with each decision.</param>
internal sealed class EarlyStop(EarlyStopping settings, Network network, BestEpoch epochs, Action<string>? log)
    : TrainingCallback, IDisposable
{
    private const string Counts = "epochs";
    private const string Values = "best";

    private Snapshot? best;
    private int without;

    /// <inheritdoc/>
    public override void AfterEpoch(TrainingSession session, EpochRecord record)
    {
        if (epochs.Add(record))
        {
            without = 0;
            if (settings.RestoreBest)
                Keep();
        }
        else if (++without >= settings.Patience)
        {
            session.Stop(TrainingEnd.StoppedEarly,
                $"{epochs.Name} has not improved on {epochs.Value:0.######} since epoch {epochs.Epoch}");
        }
    }

    /// <summary>Gives the network the parameters of its best epoch, unless the training was interrupted.</summary>
    public override void End(TrainingSession session, TrainingEnd end)
    {
        if (end is not (TrainingEnd.Finished or TrainingEnd.StoppedEarly) || !settings.RestoreBest || best is null
            || without == 0)
            return;
        best.Restore();
        log?.Invoke($"The model has the parameters of its best epoch, {epochs.Epoch}.");
    }

    public void Dispose() => best?.Dispose();

    /// <summary>Saves the best value and its parameters.</summary>
    public void Save(StateBag state)
    {
        state.Put("value", epochs.Value);
        state.Put(Counts, epochs.Epoch, without);
        best?.Save(state.Part(Values));
    }

    /// <summary>Restores the values that <see cref="Save"/> saved.</summary>
    public void Load(StateBag state)
    {
        epochs.Value = state.Double("value");
        var counts = state.Longs(Counts, 2);
        (epochs.Epoch, without) = ((int)counts[0], (int)counts[1]);
        if (!settings.RestoreBest || double.IsNaN(epochs.Value))
            return;
        best ??= new Snapshot(network.State);
        best.Load(state.Part(Values));
    }

    /// <summary>Gives a network the best parameters that <see cref="Save"/> saved; false: there are none.</summary>
    public static bool Give(StateBag state, Network network)
    {
        var values = state.Part(Values);
        if (!network.State.All(parameter => values.Has(parameter.Name)))
            return false;
        foreach (var parameter in network.State)
            parameter.Load(values.Tensor(parameter.Name));
        return true;
    }

    private void Keep()
    {
        if (best is null)
            best = new Snapshot(network.State);
        else
            best.Take();
    }
}
