using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The random numbers of a training. The order of the samples and the layers have a stream each, so that neither shifts the other.
/// </summary>
/// <param name="seed">The training's seed.</param>
/// <param name="device">Where layers draw theirs.</param>
internal sealed class TrainingRandom(int seed, Device device) : IDisposable
{
    private Tensor? atStart;

    /// <summary>The order of the samples.</summary>
    public Generator Shuffle { get; } = new((ulong)(uint)seed);

    /// <summary>The random numbers of layers.</summary>
    public Generator Layers { get; } = new((ulong)(uint)seed ^ 0x9E3779B97F4A7C15UL, device);

    /// <summary>Keeps where the order of an epoch begins, from which a resumed one draws it again.</summary>
    public void BeginOrder()
    {
        atStart?.Dispose();
        atStart = Shuffle.get_state().DetachFromDisposeScope();
    }

    /// <summary>The next epoch has an order of its own.</summary>
    public void EndOrder()
    {
        atStart?.Dispose();
        atStart = null;
    }

    /// <summary>Keeps both streams for a checkpoint.</summary>
    public void Save(StateBag state)
    {
        using var scope = NewDisposeScope();
        state.Put("shuffle", atStart ?? Shuffle.get_state());
        state.Put("layers", Layers.get_state());
    }

    /// <summary>Continues from what <see cref="Save"/> kept.</summary>
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
