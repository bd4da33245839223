using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Samples that an attack changes batch by batch, to measure how a model withstands it.</summary>
/// <param name="data">The samples, with their targets.</param>
/// <param name="attack">The attack.</param>
/// <param name="model">The model.</param>
/// <param name="seed">The seed of its random numbers.</param>
internal sealed class AttackedData(SampleSource data, Attack attack, AttackedModel model, int seed) : SampleSource
{
    public override int Count => data.Count;

    public override bool HasGaps => data.HasGaps;

    public override SampleOrder Open(int batchSize, Generator? shuffle = null, ClassDraw? draw = null) =>
        new Order(data.Open(batchSize, shuffle, draw), attack, model, seed);

    public override void Dispose() => model.Dispose();

    private sealed class Order(SampleOrder order, Attack attack, AttackedModel model, int seed) : SampleOrder
    {
        private Generator? random;

        public override Batch Take(int first, int size)
        {
            var batch = order.Take(first, size);
            random ??= new Generator((ulong)(uint)seed, batch.Inputs[0].device);
            return batch with
            {
                Inputs = attack.Change(model, batch.Inputs, batch.Targets!, targeted: false, random),
            };
        }

        public override void Dispose()
        {
            order.Dispose();
            random?.Dispose();
        }
    }
}
