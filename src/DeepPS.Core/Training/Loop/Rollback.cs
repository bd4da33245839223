using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The copies that a training can return to: the last good parameters and buffers, those of the last good epoch, and
/// the buffers and random numbers from before a step that may be repeated.
/// </summary>
internal sealed class Rollback : IDisposable
{
    private readonly Network[] networks;
    private readonly Snapshot[] lastGood;
    private readonly Snapshot[] lastEpoch;
    private readonly Snapshot[] buffers;
    private readonly Generator random;
    private Tensor? chance;

    /// <param name="networks">The networks of the players.</param>
    /// <param name="random">The random numbers of layers.</param>
    public Rollback(IEnumerable<Network> networks, Generator random)
    {
        this.random = random;
        this.networks = networks.ToArray();
        lastGood = Copies(network => network.State);
        lastEpoch = Copies(network => network.State);
        buffers = Copies(network => network.Buffers);

        Snapshot[] Copies(Func<Network, IEnumerable<Parameter>> of) =>
            this.networks.Select(network => new Snapshot(of(network))).ToArray();
    }

    /// <summary>The parameters and buffers of all networks.</summary>
    public IEnumerable<Parameter> State => networks.SelectMany(network => network.State);

    /// <summary>Keeps the current parameters and buffers as the last good ones.</summary>
    public void KeepGood() => Take(lastGood);

    /// <summary>Keeps the current parameters and buffers as those of the last good epoch.</summary>
    public void KeepEpoch() => Take(lastEpoch);

    /// <summary>Keeps buffers and random numbers before a step that may be repeated.</summary>
    public void KeepAttempt()
    {
        chance?.Dispose();
        chance = random.get_state().DetachFromDisposeScope();
        Take(buffers);
    }

    /// <summary>Restores the last good parameters and buffers.</summary>
    public void ToGood() => Restore(lastGood);

    /// <summary>Restores those of the last good epoch, which become the last good ones.</summary>
    public void ToEpoch()
    {
        Restore(lastEpoch);
        KeepGood();
    }

    /// <summary>Restores buffers and random numbers from before the step, which has not moved parameters yet.</summary>
    public void ToAttempt()
    {
        random.set_state(chance!);
        Restore(buffers);
    }

    /// <summary>Saves the copies for a checkpoint.</summary>
    /// <param name="state">The checkpoint's state.</param>
    /// <param name="within">
    /// Whether it is within an epoch: between two, the network itself is that of the last good one.
    /// </param>
    public void Save(StateBag state, bool within)
    {
        foreach (var (i, copy) in lastGood.Index())
            copy.Save(Part(state, "good", i));
        if (within)
            foreach (var (i, copy) in lastEpoch.Index())
                copy.Save(Part(state, "epoch", i));
    }

    /// <summary>Restores the copies that <see cref="Save"/> saved.</summary>
    public void Load(StateBag state, bool within)
    {
        foreach (var (i, copy) in lastGood.Index())
            copy.Load(Part(state, "good", i));
        if (within)
            foreach (var (i, copy) in lastEpoch.Index())
                copy.Load(Part(state, "epoch", i));
        else
            KeepEpoch();
    }

    public void Dispose()
    {
        foreach (var copy in lastGood.Concat(lastEpoch).Concat(buffers))
            copy.Dispose();
        chance?.Dispose();
    }

    /// <summary>The first player's part has the name without a number.</summary>
    private static StateBag Part(StateBag state, string name, int player) =>
        state.Part(player == 0 ? name : $"{name}{player + 1}");

    private static void Take(Snapshot[] copies)
    {
        foreach (var copy in copies)
            copy.Take();
    }

    private static void Restore(Snapshot[] copies)
    {
        foreach (var copy in copies)
            copy.Restore();
    }
}
