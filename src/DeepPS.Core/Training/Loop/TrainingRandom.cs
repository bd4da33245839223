using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The random numbers of a training. The order of the samples and the layers each have their own generator, so that
/// neither affects the other.
/// </summary>
/// <param name="seed">The training's seed.</param>
/// <param name="device">The device on which layers draw random numbers.</param>
internal sealed class TrainingRandom(int seed, Device device) : IDisposable
{
    private Tensor? atStart;

    /// <summary>The generator for the order of the samples.</summary>
    public Generator Shuffle { get; } = new((ulong)(uint)seed);

    /// <summary>The generator for layers.</summary>
    public Generator Layers { get; } = new((ulong)(uint)seed ^ 0x9E3779B97F4A7C15UL, device);

    /// <summary>
    /// Keeps the state at the beginning of an epoch, from which a resumed epoch draws the same order again.
    /// </summary>
    public void BeginOrder()
    {
        atStart?.Dispose();
        atStart = Shuffle.get_state().DetachFromDisposeScope();
    }

    /// <summary>Forgets the state at the beginning of the epoch.</summary>
    public void EndOrder()
    {
        atStart?.Dispose();
        atStart = null;
    }

    /// <summary>Saves both generators for a checkpoint.</summary>
    public void Save(StateBag state)
    {
        using var scope = NewDisposeScope();
        state.Put("shuffle", atStart ?? Shuffle.get_state());
        state.Put("layers", Layers.get_state());
    }

    /// <summary>Restores the generators that <see cref="Save"/> saved.</summary>
    public void Load(StateBag state)
    {
        Shuffle.set_state(state.Tensor("shuffle"));
        Layers.set_state(state.Tensor("layers"));
    }

    public void Dispose()
    {
        atStart?.Dispose();
        Shuffle.Dispose();
        Layers.Dispose();
    }
}
