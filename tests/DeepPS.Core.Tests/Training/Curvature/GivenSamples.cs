using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Samples as they are, without a plan.</summary>
internal sealed class GivenSamples(Tensor inputs, Tensor targets) : SampleSource
{
    public override int Count => (int)inputs.shape[0];

    public override bool HasGaps => false;

    public override SampleOrder Open(int batchSize, Generator? shuffle = null, ClassDraw? draw = null) =>
        new Order(new Batch([inputs], targets, null));

    public override void Dispose()
    {
    }

    private sealed class Order(Batch all) : SampleOrder
    {
        public override Batch Take(int first, int size) => all.Part(first, size);

        public override void Dispose()
        {
        }
    }
}
