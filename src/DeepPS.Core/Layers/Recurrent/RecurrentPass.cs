using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace DeepPS.Layers;

/// <summary>One recurrent layer over a batch: from (samples, time, features) to the output of every step (samples,
/// time, units) and the last state (directions, samples, units).</summary>
/// <param name="Whole">The layer over sequences of full length.</param>
/// <param name="Packed">The layer over packed sequences of different lengths.</param>
internal sealed record RecurrentPass(Func<Tensor, (Tensor Output, Tensor Last)> Whole,
    Func<PackedSequence, (PackedSequence Output, Tensor Last)> Packed)
{
    /// <summary>Runs the layer.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="lengths">The length of each sequence; null if all have full length.</param>
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
