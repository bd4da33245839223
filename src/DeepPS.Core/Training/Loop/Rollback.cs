using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The copies that a training can go back to, in one place: the last parameters and buffers that were good, those of the last epoch that
/// was good to its end, and the buffers and random numbers from before a step that may be taken again.
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

        Snapshot[] Copies(Func<Network, IEnumerable<Parameter>> of) => this.networks.Select(network => new Snapshot(of(network))).ToArray();
    }

    /// <summary>The parameters and buffers of all networks.</summary>
    public IEnumerable<Parameter> State => networks.SelectMany(network => network.State);

    /// <summary>The parameters and buffers are good now.</summary>
    public void KeepGood() => Take(lastGood);

    /// <summary>An epoch was good to its end.</summary>
    public void KeepEpoch() => Take(lastEpoch);

    /// <summary>A step begins that may be taken again.</summary>
    public void KeepAttempt()
    {
        chance?.Dispose();
        chance = random.get_state().DetachFromDisposeScope();
        Take(buffers);
    }

    /// <summary>Goes back to the last good parameters and buffers.</summary>
    public void ToGood() => Restore(lastGood);

    /// <summary>Goes back to the end of the last good epoch, which counts as good from now on.</summary>
    public void ToEpoch()
    {
        Restore(lastEpoch);
        KeepGood();
    }

    /// <summary>Goes back to before the step, whose parameters have not moved yet.</summary>
    public void ToAttempt()
    {
        random.set_state(chance!);
        Restore(buffers);
    }

    /// <summary>Keeps the copies for a checkpoint.</summary>
    /// <param name="state">Where to.</param>
    /// <param name="within">Whether it is within an epoch: between two, the network is as of the last one.</param>
    public void Save(StateBag state, bool within)
    {
        foreach (var (i, copy) in lastGood.Index())
            copy.Save(Part(state, "good", i));
        if (within)
            foreach (var (i, copy) in lastEpoch.Index())
                copy.Save(Part(state, "epoch", i));
    }

    /// <summary>Takes back what <see cref="Save"/> kept.</summary>
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

    /// <summary>The first player's part has the plain name.</summary>
    private static StateBag Part(StateBag state, string name, int player) => state.Part(player == 0 ? name : $"{name}{player + 1}");

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
