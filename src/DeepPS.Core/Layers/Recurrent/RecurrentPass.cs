using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace DeepPS.Layers;

/// <summary>One recurrent layer over a batch: from (samples, time, features) to the output of every step (samples,
/// time, units) and the last state (directions, samples, units).</summary>
/// <param name="Whole">The layer over sequences of full length.</param>
/// <param name="Packed">The layer over packed sequences of different lengths.</param>
/// <param name="Step">The layer over one step, from the states before it, (directions, samples, units) each, to those
/// after it; null: the first step.</param>
internal sealed record RecurrentPass(Func<Tensor, (Tensor Output, Tensor Last)> Whole,
    Func<PackedSequence, (PackedSequence Output, Tensor Last)> Packed,
    Func<Tensor, Tensor[]?, (Tensor Output, Tensor[] States)> Step) : IRecurrence
{
    public Tensor Next(Tensor input, StepCache steps)
    {
        var before = steps.Of(this, 0) is { } state ? new[] { state, steps.Of(this, 1) ?? state } : null;
        var (output, states) = Step(input, before);
        foreach (var (part, after) in states.Index())
            steps.Keep(this, part, after, axis: 1);
        return output;
    }

    public (Tensor Output, Tensor Last) Run(Tensor input, Tensor? lengths)
    {
        if (lengths is null)
            return Whole(input);
        using var packed = pack_padded_sequence(input, lengths, batch_first: true, enforce_sorted: false);
        var (output, last) = Packed(packed);
        using (output)
            return (pad_packed_sequence(output, batch_first: true, total_length: input.shape[1]).Item1, last);
    }
}
