using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>What layers keep of the steps before, where a network computes a sequence step by step: keys and values of
/// attention, states of recurrence. It frees them.</summary>
internal sealed class StepCache : IDisposable
{
    private readonly Dictionary<(object Owner, int Part), (Tensor Value, int Axis)> kept = [];

    /// <summary>The place of the step in the sequence, from 0.</summary>
    public long Position { get; private set; }

    /// <summary>A kept value; null at the first step.</summary>
    /// <param name="owner">The part of a layer that keeps it.</param>
    /// <param name="part">Its number among those of the owner.</param>
    public Tensor? Of(object owner, int part) => kept.TryGetValue((owner, part), out var entry) ? entry.Value : null;

    /// <summary>Keeps a value for the next steps, in place of an earlier one.</summary>
    /// <param name="owner">The part of a layer that keeps it.</param>
    /// <param name="part">Its number among those of the owner.</param>
    /// <param name="value">The value, which the caller may go on to use.</param>
    /// <param name="axis">Its axis of samples.</param>
    public Tensor Keep(object owner, int part, Tensor value, int axis = 0)
    {
        Of(owner, part)?.Dispose();
        kept[(owner, part)] = (value.alias().DetachFromDisposeScope(), axis);
        return value;
    }

    /// <summary>Goes on to the next step.</summary>
    public void Advance() => Position++;

    /// <summary>Replaces each sample by another one.</summary>
    /// <param name="samples">The number of the other sample for each, int64.</param>
    public void Select(Tensor samples)
    {
        foreach (var (key, (value, axis)) in kept.ToArray())
        {
            kept[key] = (value.index_select(axis, samples).DetachFromDisposeScope(), axis);
            value.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var (value, _) in kept.Values)
            value.Dispose();
        kept.Clear();
    }
}
