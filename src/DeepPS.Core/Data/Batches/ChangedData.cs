using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Samples on a device with a change to some of their inputs, made batch by batch; the samples themselves are
/// neither copied nor changed.</summary>
/// <param name="data">The samples.</param>
/// <param name="take">Gives the changed samples from a place on, by their number.</param>
internal sealed class ChangedData(DeviceData data, Func<int, int, Batch> take) : SampleSource
{
    public override int Count => data.Count;

    public override bool HasGaps => data.HasGaps;

    public override SampleOrder Open(int batchSize, Generator? shuffle = null, ClassDraw? draw = null) =>
        new Order(take);

    public override void Dispose()
    {
    }

    private sealed class Order(Func<int, int, Batch> take) : SampleOrder
    {
        public override Batch Take(int first, int size) => take(first, size);

        public override void Dispose()
        {
        }
    }
}
