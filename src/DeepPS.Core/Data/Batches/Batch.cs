using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Some samples of a set, on its device.</summary>
/// <param name="Inputs">What goes into the network, input by input: (samples, shape), float32.</param>
/// <param name="Targets">
/// Class numbers, int64, (samples) or (samples, places), or numbers, float32, (samples, label shape); null: no label.
/// </param>
/// <param name="Weights">How much each sample counts in the loss, (samples), float32; null: all the same.</param>
/// <param name="Second">What the samples are a part of besides, where they were mixed; null: they were not.</param>
internal readonly record struct Batch(Tensor[] Inputs, Tensor? Targets, Tensor? Weights, SecondTargets? Second = null)
{
    /// <summary>How many samples there are.</summary>
    public int Count => (int)Inputs[0].shape[0];

    /// <summary>Some neighbours of the batch.</summary>
    public Batch Part(int start, int length)
    {
        return start == 0 && length == Count ? this
            : new(Array.ConvertAll(Inputs, Of), Maybe(Targets), Maybe(Weights),
                Second is null ? null : new SecondTargets(Of(Second.Targets), Maybe(Second.Weights), Second.Share));

        Tensor Of(Tensor all) => all.narrow(0, start, length);

        Tensor? Maybe(Tensor? all) => all is null ? null : Of(all);
    }

    /// <summary>The batch in parts whose sizes differ by one at the most, each with the place of its first sample.</summary>
    /// <param name="parts">How many: 1, 2, 4, ...; fewer where the batch is small.</param>
    /// <param name="smallest">How many samples a part has at least.</param>
    public IEnumerable<(int Start, Batch Part)> Cut(int parts, int smallest)
    {
        var count = Count;
        while (parts > 1 && count / parts < smallest)
            parts /= 2;
        for (var i = 0; i < parts; i++)
        {
            var start = (int)((long)count * i / parts);
            yield return (start, Part(start, (int)((long)count * (i + 1) / parts) - start));
        }
    }
}

/// <summary>The targets of mixed samples besides those of the larger share.</summary>
/// <param name="Targets">The targets, as those of the batch.</param>
/// <param name="Weights">How much each sample that was mixed in counts; null: all the same.</param>
/// <param name="Share">How much the batch's own targets count, from 0.5 to 1: a tensor of no axes.</param>
internal sealed record SecondTargets(Tensor Targets, Tensor? Weights, Tensor Share);
