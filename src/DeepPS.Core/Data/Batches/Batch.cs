using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>A batch of samples on the device.</summary>
/// <param name="Inputs">The network's inputs, one by one: (samples, shape), float32.</param>
/// <param name="Targets">
/// Class numbers, int64, (samples) or (samples, places), or numbers, float32, (samples, label shape); null: no label.
/// </param>
/// <param name="Weights">Weight of each sample in the loss, (samples), float32; null: all the same.</param>
/// <param name="Second">The second targets of mixed samples; null where nothing is mixed.</param>
internal readonly record struct Batch(Tensor[] Inputs, Tensor? Targets, Tensor? Weights, SecondTargets? Second = null)
{
    /// <summary>
    /// The number of each sample in its source, (samples), int64; null: not known, as where samples are loaded in
    /// chunks or were changed.
    /// </summary>
    public Tensor? Rows { get; init; }

    /// <summary>The number of samples.</summary>
    public int Count => (int)Inputs[0].shape[0];

    /// <summary>Consecutive samples of the batch.</summary>
    public Batch Part(int start, int length)
    {
        return start == 0 && length == Count ? this
            : new(Array.ConvertAll(Inputs, Of), Maybe(Targets), Maybe(Weights),
                Second is null ? null : new SecondTargets(Of(Second.Targets), Maybe(Second.Weights), Second.Share))
            {
                Rows = Maybe(Rows),
            };

        Tensor Of(Tensor all) => all.narrow(0, start, length);

        Tensor? Maybe(Tensor? all) => all is null ? null : Of(all);
    }

    /// <summary>
    /// Splits the batch into parts whose sizes differ by at most one, each with the place of its first sample.
    /// </summary>
    /// <param name="parts">Number of parts: 1, 2, 4, ...; fewer where the batch is small.</param>
    /// <param name="smallest">Smallest number of samples in a part.</param>
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

/// <summary>The targets of the smaller share of mixed samples.</summary>
/// <param name="Targets">The targets, shaped as those of the batch.</param>
/// <param name="Weights">Weight of each sample that was mixed in; null: all the same.</param>
/// <param name="Share">Weight of the batch's own targets, from 0.5 to 1: a tensor of no axes.</param>
internal sealed record SecondTargets(Tensor Targets, Tensor? Weights, Tensor Share);
